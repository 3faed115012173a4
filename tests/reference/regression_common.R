# What the regression scripts share: rows, clocks, ages and work states, each computed from the committed rows.
here <- "tests/reference"
from <- as.Date("2022-02-24"); until <- as.Date("2024-07-01")
month_days <- round((0:36) * 365.25 / 12)        # R rounds halves to even, as Python does
cohorts <- c("2022 H1", "2022 H2", "2023", "2024 H1")
bands <- c("0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+", "unknown")

write <- function(x, name) {
  for (column in names(x)) if (is.double(x[[column]]))
    x[[column]] <- ifelse(is.na(x[[column]]), "", sprintf("%.17g", x[[column]]))
  write.csv(x, file.path(here, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}
read <- function(world, table) {
  x <- read.csv(file.path(here, paste0(world, "_", table, ".csv")), colClasses = "character")
  x[x == ""] <- NA
  x
}
# Several scripts write fit_totals, fit_tests and fit_zph: each replaces the rows of its own models.
families <- c("departure", "departure_age", "departure_interaction", "departure_by_month", "departure_origin",
  "departure_lagged", "departure_spline", "return", "return_spline", "first-job", "job-loss", "cox",
  "cox_delayed", "cox_delayed_cohort", "cox_lagged", "employment", "wage", "wage_within", "median_wage",
  "median_wage_province")
merge_rows <- function(x, name) {
  for (column in names(x)) if (is.double(x[[column]]))
    x[[column]] <- ifelse(is.na(x[[column]]), "", sprintf("%.17g", x[[column]]))
  x[] <- lapply(x, as.character)
  path <- file.path(here, paste0(name, ".csv"))
  if (file.exists(path)) {
    old <- read.csv(path, colClasses = "character")
    x <- rbind(old[!old$model %in% x$model, names(x)], x)
  }
  stopifnot(x$model %in% families)
  x <- x[order(match(x$model, families)), ]
  write.csv(x, path, row.names = FALSE, quote = FALSE)
}

age_on <- function(birth_date, day) {   # completed years; born on 29 February: older on 1 March
  age <- rep(NA_real_, length(birth_date))
  known <- !is.na(birth_date)
  born <- as.POSIXlt(birth_date[known], tz = "UTC"); on <- as.POSIXlt(day[known])
  age[known] <- on$year - born$year - ((on$mon * 100 + on$mday) < (born$mon * 100 + born$mday))
  age
}
cohort_of <- function(day) as.character(cut(day, as.Date(c("2022-02-24", "2022-07-01", "2023-01-01", "2024-01-01",
  "2024-07-01")), labels = cohorts, right = FALSE))

people_of <- function(world, present_on = NA) {
  stays <- read(world, "stays")
  stays$settled <- as.Date(stays$settled); stays$departed <- as.Date(stays$departed)
  later <- stays[stays$settled >= from, ]
  later <- later[order(later$person_id, later$settled), ]
  x <- later[!duplicated(later$person_id), ]
  again <- later[duplicated(later$person_id), ]
  again <- again[!duplicated(again$person_id), ]
  x$next_settled <- again$settled[match(x$person_id, again$person_id)]
  x <- merge(x, read(world, "persons"), by = "person_id")
  x$event <- !is.na(x$departed) & x$departed <= until
  x$time <- as.integer(ifelse(x$event, x$departed, until) - as.integer(x$settled))
  x$entry <- if (is.na(present_on)) 0L else pmax(0L, as.integer(as.Date(present_on) - x$settled))
  x$window <- as.integer(until - x$settled)
  x$age <- age_on(x$birth_date, x$settled)
  x$age_band <- as.character(cut(x$age, c(0, 18, 25, 35, 45, 55, 65, Inf), labels = bands[1:7], right = FALSE))
  x$age_band[is.na(x$age)] <- "unknown"
  x$cohort <- factor(cohort_of(x$settled), cohorts)
  x$sex <- factor(x$sex, c("female", "male", "unknown"))
  x$province <- factor(x$province, c("North", "South", "unknown"))
  x$age_band <- factor(x$age_band, bands)
  x$income <- as.numeric(x$income)
  stopifnot(!anyNA(x[c("cohort", "sex", "province", "age_band")]), !anyDuplicated(x$person_id))
  x
}

worked_records <- function(world) {   # records of employers whose hours in that calendar month sum to more than 0
  jobs <- jobs_of(world)
  sums <- aggregate(hours ~ person_id + employer_id + month, jobs, sum)
  merge(jobs, sums[sums$hours > 0, c("person_id", "employer_id", "month")])
}
jobs_of <- function(world) {
  jobs <- read(world, "jobs")
  jobs$start <- as.Date(jobs$start); jobs$end <- as.Date(jobs$end)
  # Cents are whole numbers, so that sums are exact.
  jobs$hours <- round(as.numeric(jobs$hours) * 100); jobs$wage <- round(as.numeric(jobs$wage) * 100)
  jobs$month <- format(jobs$start, "%Y-%m")
  jobs
}
# Days since settling that a person worked within the first stay, as a list by person: every day written out.
# The reference day itself is observed; the day of departure is not one of presence.
worked_days <- function(x, world) {
  w <- merge(x[c("person_id", "settled", "time", "event")], worked_records(world)[c("person_id", "start", "end")])
  w$first <- pmax(0L, as.integer(w$start - w$settled))
  w$last <- pmin(w$time - as.integer(w$event), as.integer(w$end - w$settled))
  w <- w[w$first <= w$last, ]
  by <- split(seq_len(nrow(w)), factor(w$person_id, x$person_id))
  lapply(by, function(rows) sort(unique(unlist(Map(seq.int, w$first[rows], w$last[rows])))))
}
# Persons present, 18 to 64 and observable on month day m, with their work state, one row a person and month.
person_months <- function(x, world) {
  stays <- read(world, "stays")
  stays$settled <- as.Date(stays$settled)
  stays$departed <- as.Date(ifelse(is.na(stays$departed), "9999-01-01", stays$departed))
  worked <- worked_records(world)
  out <- NULL
  for (m in 0:28) {
    seen <- x; seen$day <- x$settled + month_days[m + 1]
    seen <- seen[seen$day <= until, ]
    p <- merge(seen[c("person_id", "day")], stays[c("person_id", "settled", "departed")])
    seen <- seen[seen$person_id %in% p$person_id[p$settled <= p$day & p$day < p$departed], ]
    seen$age_then <- age_on(seen$birth_date, seen$day)
    seen <- seen[!is.na(seen$age_then) & seen$age_then >= 18 & seen$age_then <= 64, ]
    j <- merge(seen[c("person_id", "day")], worked[c("person_id", "start", "end")])
    seen$working <- seen$person_id %in% j$person_id[j$start <= j$day & j$day <= j$end]
    if (nrow(seen)) out <- rbind(out, cbind(month = m, seen))
  }
  out
}

# Columns of a design, named by the program's convention; the first level is the reference.
dummies <- function(x, name) {
  levels <- levels(droplevels(x[[name]]))[-1]
  out <- sapply(levels, function(l) as.numeric(x[[name]] == l))
  matrix(out, nrow(x), dimnames = list(NULL, sprintf("%s[%s]", name, levels)))
}
column_of <- function(x, name) {
  if (is.numeric(x[[name]])) matrix(x[[name]], dimnames = list(NULL, name)) else dummies(x, name)
}
term_of <- function(x, term) {   # "cohort", "cohort:sex"
  parts <- lapply(strsplit(term, ":")[[1]], function(name) column_of(x, name))
  Reduce(function(a, b) {
    out <- NULL
    for (i in colnames(a)) for (j in colnames(b))
      out <- cbind(out, matrix(a[, i] * b[, j], dimnames = list(NULL, paste0(i, ":", j))))
    out
  }, parts)
}
month_steps <- function(month) {
  months <- sort(unique(month))
  matrix(sapply(months, function(m) as.numeric(month == m)), length(month),
    dimnames = list(NULL, sprintf("month[%d]", months)))
}
coefficients_of <- function(estimate, covariance) data.frame(term = names(estimate), estimate = unname(estimate),
  std_error = unname(sqrt(diag(covariance))))
