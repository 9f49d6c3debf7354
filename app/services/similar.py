def similar_to(*a):
    return []


def near_duplicates(*a):
    return []
