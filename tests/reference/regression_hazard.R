# Piecewise-exponential hazards: survSplit at the month days, glm(poisson) with log person-days.
# Rscript tests/reference/regression_hazard.R      (Debian: r-cran-survival)
library(survival); library(splines)
source("tests/reference/regression_common.R")
totals <- NULL; tests <- NULL

# Rows of x have time > 0 and event on the clock of the model; month m is the days (d(m - 1), d(m)].
by_month <- function(x) {
  y <- survSplit(Surv(time, event) ~ ., x, cut = month_days[-1], episode = "month")
  y$days <- y$time - y$tstart
  stopifnot(sum(y$days) == sum(x$time), sum(y$event) == sum(x$event), y$tstart == month_days[y$month],
    y$time <= month_days[y$month + 1])
  y
}
likelihood <- function(fit, y) {
  rate <- fitted(fit) / y$days
  sum(y$event * log(rate)) - sum(rate * y$days)
}
# The errors of glm come from the step before the last: fitted again from the solution, they are of the solution.
poisson_fit <- function(y, x) {
  fit <- function(start) glm(y$event ~ x - 1 + offset(log(y$days)), family = poisson, start = start,
    control = glm.control(epsilon = 1e-15, maxit = 200))
  fit(coef(fit(NULL)))
}

hazard <- function(name, x, terms, trend = NULL, baseline = "steps", split = by_month(x)) {
  everyone <- split
  # A step or a level without events has no maximum: its rows are removed. With a spline no month is removed.
  for (column in c(if (baseline == "steps") "month", Filter(function(n) is.factor(split[[n]]),
    unique(unlist(strsplit(terms, ":")))))) {
    events <- tapply(split$event, split[[column]], sum)
    none <- names(events)[!is.na(events) & events == 0]
    if (length(none)) cat(name, "- without events:", column, none, "\n")
    split <- split[!split[[column]] %in% none, ]
  }
  for (term in grep(":", terms, value = TRUE)) {   # so also combinations of levels
    z <- term_of(split, term)
    empty <- colnames(z)[colSums(z * split$event) == 0]
    if (length(empty)) stop("combination without events: ", empty)
  }
  steps <- if (baseline == "steps") month_steps(split$month) else {
    # Many leave on the same day, so quantiles may coincide: a knot counts once (ns would bend more at a double one).
    knots <- log(unique(quantile(x$time[x$event], c(.05, .275, .5, .725, .95), type = 7, names = FALSE)))
    cat(name, "- knots at days", exp(knots), "\n")
    middle <- log((month_days[split$month] + month_days[split$month + 1]) / 2)
    z <- ns(middle, knots = knots[-c(1, length(knots))], Boundary.knots = range(knots), intercept = TRUE)
    matrix(z, nrow(split), dimnames = list(NULL, sprintf("spline[%d]", seq_len(ncol(z)))))
  }
  design <- function(terms, trend) {
    z <- do.call(cbind, c(list(steps), lapply(terms, function(t) term_of(split, t))))
    for (t in trend) {
      d <- column_of(split, t) * split$month
      colnames(d) <- paste0(colnames(d), ":month")
      z <- cbind(z, d)
    }
    z
  }
  z <- design(terms, trend)
  fit <- poisson_fit(split, z)
  stopifnot(fit$converged, !anyNA(coef(fit)), max(abs(colSums(z * (split$event - fitted(fit))))) < 1e-9)
  value <- setNames(coef(fit), colnames(z))
  out <- coefficients_of(value, vcov(fit))
  if (baseline == "spline") out <- out[!startsWith(out$term, "spline["), ]   # another basis of the same curves
  write(out, paste0("fit_", name))
  full <- likelihood(fit, split)
  # events and person_days are of everyone at risk, rows without events included.
  totals <<- rbind(totals, data.frame(model = name, persons = nrow(x), events = sum(x$event),
    person_days = as.double(sum(x$time)), log_likelihood = full, parameters = ncol(z)))
  # Terms that stand in no larger one and have no interaction with month.
  whole <- Filter(function(t) !t %in% trend && !any(sapply(setdiff(terms, t), function(o)
    all(strsplit(t, ":")[[1]] %in% strsplit(o, ":")[[1]]))), terms)
  for (term in c(whole, if (length(trend)) paste0(trend, ":month"))) {
    smaller <- if (term %in% terms) design(setdiff(terms, term), trend) else design(terms, NULL)
    less <- poisson_fit(split, smaller)
    a <- anova(less, fit, test = "LRT")
    stopifnot(abs(a$Deviance[2] - 2 * (full - likelihood(less, split))) < 1e-8)
    tests <<- rbind(tests, data.frame(model = name, term = term, statistic = a$Deviance[2],
      df = as.integer(a$Df[2]), p_value = pchisq(a$Deviance[2], a$Df[2], lower.tail = FALSE)))
  }
  invisible(fit)
}

x <- people_of("whole")
columns <- c("person_id", "settled", "time", "event", "cohort", "sex", "province", "age", "income")
departure <- x[columns]
hazard("departure", departure, c("cohort", "sex", "province"))
hazard("departure_age", departure[!is.na(x$age) & !is.na(x$income), ], c("cohort", "age", "income"))
hazard("departure_interaction", departure, c("cohort", "sex", "cohort:sex"))
hazard("departure_by_month", departure, c("cohort", "sex"), trend = "cohort")
origin <- departure
origin$event <- x$event & x$destination == "origin" & !is.na(x$destination)
hazard("departure_origin", origin, c("cohort", "sex"))

# Work on the month day before the interval: within the first stay everyone at risk is present on it.
days <- worked_days(x, "whole")
lagged <- by_month(departure)
lagged$working <- mapply(function(p, d) d %in% days[[p]], lagged$person_id, lagged$tstart)
lagged[["working[lag1]"]] <- as.numeric(lagged$working)
hazard("departure_lagged", departure, c("working[lag1]", "sex"), split = lagged)
hazard("departure_spline", departure, c("cohort", "sex"), baseline = "spline")

# Return: from the first departure to the next stay; the dead cannot return.
gone <- x[x$event & x$destination != "deceased", ]
gone$back <- !is.na(gone$next_settled) & gone$next_settled <= until
gone$time <- as.integer(ifelse(gone$back, gone$next_settled, until) - as.integer(gone$departed))
gone$event <- gone$back
cat("departed on the last day, no time at risk of return:", sum(gone$time == 0), "\n")
hazard("return", gone[gone$time > 0, columns], c("sex", "province"))
hazard("return_spline", gone[gone$time > 0, columns], c("sex", "province"), baseline = "spline")   # five knots

# First job: the first day worked since settling; those who work on day 0 are not at risk; departure censors.
of_age <- !is.na(x$age) & x$age >= 18 & x$age <= 64
first <- sapply(days, function(d) if (length(d)) d[1] else NA_integer_)[x$person_id]
f <- x; f$event <- !is.na(first); f$time <- ifelse(f$event, first, x$time)
cat("first job at once:", sum(of_age & f$time == 0), "\n")
hazard("first-job", f[of_age & f$time > 0, columns], c("cohort", "sex"))

# Loss of job: the day after the last worked day that more than 31 days of presence without work follow, all of them
# within the first stay and observed. Everyone is censored 31 days before the reference day.
lost <- mapply(function(d, last) {   # last day of presence
  if (!length(d)) return(NA_integer_)
  idle <- c(d[-1], last + 1L) - d - 1L
  k <- which(idle > 31)
  if (length(k)) d[k[1]] + 1L else NA_integer_
}, days[x$person_id], x$time - as.integer(x$event))
l <- x; end <- x$window - 31L
l$event <- !is.na(lost) & lost <= end
l$time <- ifelse(l$event, lost, pmin(x$time, end)) - first
worked <- of_age & !is.na(first)
cat("worked:", sum(worked), " of them with 31 days or less to follow:", sum(worked & end - first <= 0), "\n")
stopifnot(!any(!is.na(lost) & lost > end))   # 32 observed days of presence are needed, so no loss is later
hazard("job-loss", l[worked & end - first > 0, columns], c("cohort", "sex"))

merge_rows(totals, "fit_totals"); merge_rows(tests, "fit_tests")
print(totals); print(tests)
