"""When dust-patrol events happen: season, weekday, holidays, wind and rain, the hour, and the life of a cluster."""

import math
from datetime import date, timedelta

from files import keyed_random, running_totals

FIRST_DAY = date(2024, 1, 1)
DAYS = 182  # to 2024-06-30
MONTHS = {1: 0.75, 2: 0.65, 3: 1.25, 4: 1.40, 5: 1.25, 6: 0.85}
WEEKDAYS = (1.10, 1.08, 1.06, 1.08, 1.05, 0.82, 0.70)  # from Monday
HOLIDAYS = ((date(2024, 2, 9), date(2024, 2, 18), 0.35), (date(2024, 5, 1), date(2024, 5, 5), 0.70),
            (date(2024, 4, 4), date(2024, 4, 6), 0.80))
WINDY_DAYS, RAINY_DAYS = 11, 9
# how much a windy day, the day after and the second day after add, and what rain leaves
AFTER_WIND = {"积尘未清扫": (0.9, 1.8, 0.8), "苫盖不到位": (1.8, 1.5, 0.5), "裸露地面": (1.5, 1.2, 0.4),
              "建筑垃圾未妥善处置": (0.4, 0.5, 0.2)}
AFTER_RAIN = {"道路遗撒": 0.7, "路面破损": 1.3}
PROFILES = (("steady", 0.45), ("growing", 0.15), ("fading", 0.15), ("weeks", 0.25))
# 24 hourly weights, from midnight
HOURS = {
    "道路遗撒": (9, 9, 8, 7, 6, 6, 7, 8, 9, 8, 7, 6, 5, 5, 6, 6, 6, 6, 5, 5, 6, 8, 10, 10),
    "积尘未清扫": (1, 1, 1, 1, 1, 2, 6, 10, 12, 11, 9, 6, 4, 6, 9, 9, 7, 5, 3, 2, 2, 2, 1, 1),
    "建筑垃圾未妥善处置": (1, 1, 1, 1, 1, 1, 3, 6, 9, 10, 9, 6, 4, 6, 9, 9, 8, 6, 4, 3, 2, 2, 1, 1),
    "路面破损": (1, 1, 1, 1, 1, 1, 3, 6, 9, 10, 10, 7, 5, 7, 10, 10, 8, 5, 2, 1, 1, 1, 1, 1),
    "裸露地面": (1, 1, 1, 1, 1, 1, 3, 6, 9, 11, 10, 7, 5, 7, 10, 10, 8, 5, 2, 1, 1, 1, 1, 1),
    "苫盖不到位": (4, 4, 3, 3, 3, 3, 5, 7, 9, 10, 9, 6, 5, 6, 9, 9, 7, 5, 4, 4, 5, 6, 6, 5),
}
HOURS["未湿法降尘"] = HOURS["现场使用袋装水泥"] = HOURS["建筑垃圾未妥善处置"]


def hour_totals(category):
    return running_totals(HOURS[category])


def chosen_days(kind, number, month_weight):
    """So many different days, more of them in the months with more weight."""
    rng = keyed_random("rhythm", kind)
    days = []
    while len(days) < number:
        d = int(rng.random() * DAYS)
        month = (FIRST_DAY + timedelta(days=d)).month
        if rng.random() < month_weight.get(month, 0.0) and all(abs(d - other) > 3 for other in days):
            days.append(d)
    return sorted(days)


def category_days(category):
    """The weight of each of the half year's days."""
    weights = []
    for k in range(DAYS):
        day = FIRST_DAY + timedelta(days=k)
        w = MONTHS[day.month] * WEEKDAYS[day.weekday()]
        for first, last, factor in HOLIDAYS:
            if first <= day <= last:
                w *= factor
        weights.append(w)
    plain = list(weights)
    for k in chosen_days("wind", WINDY_DAYS, {1: 0.2, 2: 0.3, 3: 0.9, 4: 1.0, 5: 0.7, 6: 0.1}):
        for after, gain in enumerate(AFTER_WIND.get(category, ())):
            if k + after < DAYS:
                weights[k + after] += gain * plain[k + after]
    for k in chosen_days("rain", RAINY_DAYS, {3: 0.2, 4: 0.3, 5: 0.5, 6: 1.0}):
        weights[k] *= AFTER_RAIN.get(category, 0.4)
    return weights


def profile_days(rng, profile):
    """How alive a cluster is on each day."""
    if profile == "growing":
        start = 40 + 60 * rng.random()
        return [0.1 + 1.9 / (1 + math.exp((start + 20 - k) / 12)) for k in range(DAYS)]
    if profile == "fading":
        end = 60 + 70 * rng.random()
        return [0.1 + 1.9 / (1 + math.exp((k - end) / 12)) for k in range(DAYS)]
    if profile == "weeks":
        start, length = rng.random() * 150, 21 + 28 * rng.random()
        return [1.0 if start <= k <= start + length else 0.04 for k in range(DAYS)]
    return [1.0] * DAYS
