# Log hourly wage by person-month: all workers, within persons, and the median.
# Rscript tests/reference/regression_wage.R      (Debian: r-cran-sandwich, r-cran-plm, r-cran-quantreg)
suppressPackageStartupMessages({library(sandwich); library(plm); library(quantreg)})
source("tests/reference/regression_common.R")

x <- people_of("whole")
y <- person_months(x, "whole")
y <- y[y$working, ]
jobs <- jobs_of("whole")
months <- aggregate(cbind(wage, hours) ~ person_id + employer_id + month, jobs, sum)   # judged after summing
paid <- months[months$hours > 0 & months$wage > 0 & months$wage >= months$hours & months$wage <= 1000 * months$hours, ]
pay <- aggregate(cbind(wage, hours) ~ person_id + calendar, transform(paid, calendar = month), sum)
y$calendar <- format(y$day, "%Y-%m")
y <- merge(y, pay, by = c("person_id", "calendar"))
y <- y[order(y$person_id, y$month), ]
y$cents <- round(100 * y$wage / y$hours)            # half-even to the cent, once; of whole numbers, so exact
y$value <- log(y$cents / 100)
crude <- read.csv(file.path(here, "wages_whole.csv"))   # the same denominators as the closed-form reference
stopifnot(nrow(y) == sum(crude$workers), !anyDuplicated(y[c("person_id", "month")]))

by_month <- function(z) { z <- z * y$month; colnames(z) <- paste0(colnames(z), ":month"); z }
cohort <- term_of(y, "cohort"); sex <- term_of(y, "sex"); month <- cbind(month = y$month)
persons <- length(unique(y$person_id))
total <- function(model, log_likelihood, parameters) data.frame(model = model, persons = persons,
  events = nrow(y), person_days = NA_real_, log_likelihood = log_likelihood, parameters = parameters)

z <- cbind(month, cohort, sex, by_month(cohort))
fit <- lm(value ~ z, y)
clustered <- vcovCL(fit, cluster = ~person_id, type = "HC0", cadjust = TRUE)   # times G / (G - 1)
write(coefficients_of(setNames(coef(fit), c("(intercept)", colnames(z))), clustered), "fit_wage")
totals <- total("wage", as.numeric(logLik(fit)), ncol(z) + 1L)

# Within persons: sex and cohort are constant and drop out. Persons with one month stay in and add nothing.
w <- cbind(month, by_month(cohort))
frame <- data.frame(person_id = y$person_id, month = y$month, value = y$value)
for (i in seq_len(ncol(w))) frame[[paste0("w", i)]] <- w[, i]
panel <- pdata.frame(frame, index = c("person_id", "month"))
within <- plm(as.formula(paste("value ~", paste0("w", seq_len(ncol(w)), collapse = " + "))), panel, model = "within")
stopifnot(length(coef(within)) == ncol(w))
arellano <- vcovHC(within, method = "arellano", type = "HC0", cluster = "group")   # no small-sample factor
# The same by hand, so that nothing of plm's index handling is taken on trust.
demeaned <- apply(w, 2, function(v) v - ave(v, y$person_id))
centred <- y$value - ave(y$value, y$person_id)
bread <- solve(crossprod(demeaned)); b <- bread %*% crossprod(demeaned, centred)
scores <- rowsum(demeaned * as.vector(centred - demeaned %*% b), y$person_id)
stopifnot(max(abs(coef(within) - b)) < 1e-10, max(abs(arellano - bread %*% crossprod(scores) %*% bread)) < 1e-10)
write(coefficients_of(setNames(coef(within), colnames(w)), arellano), "fit_wage_within")
totals <- rbind(totals, total("wage_within", NA_real_, ncol(w)))

# Median. With cohort alone THE SOLUTION IS NOT UNIQUE (R warns; hourly wages have ties): every point of a segment has
# the same objective, along which coefficients move. fit_median_wage.csv holds
# the end of it that rq gives; median_wage_range.csv the limits of every coefficient over all solutions, and the
# objective, the sum of |residual| / 2, which is the same for all. The errors (nid) do not depend on the choice: they
# come from the fits at 0.5 - h and 0.5 + h, which are unique. With cohort, province and age the solution is unique.
objective <- function(z, b) sum(abs(y$value - z %*% b)) / 2
# A vertex fits as many rows exactly as there are coefficients. An edge leaves it by letting go of one of them; where
# the objective does not rise along it, all of it is a solution up to the next row that it meets, the next vertex.
solutions <- function(z, b) {
  todo <- list(b); found <- list()
  while (length(todo)) {
    b <- todo[[1]]; todo <- todo[-1]
    if (any(sapply(found, function(f) max(abs(f - b)) < 1e-9))) next
    found <- c(found, list(b))
    r <- as.vector(y$value - z %*% b); exact <- which(abs(r) < 1e-10)
    stopifnot(length(exact) == ncol(z))
    edges <- solve(z[exact, ])
    for (j in seq_len(ncol(z))) for (sign in c(-1, 1)) {
      step <- sign * edges[, j]; moved <- as.vector(z %*% step)
      slope <- (1 - sum(sign(r[-exact]) * moved[-exact])) / 2
      stopifnot(slope > -1e-9)
      if (slope < 1e-9) {
        reach <- (r / moved)[-exact]
        todo <- c(todo, list(b + min(reach[is.finite(reach) & reach > 0]) * step))
      }
    }
  }
  do.call(cbind, found)
}
ranges <- NULL
median_fit <- function(model, terms, unique) {
  z <- do.call(cbind, c(list(`(intercept)` = 1, month), lapply(terms, function(t) term_of(y, t))))
  colnames(z)[1] <- "(intercept)"
  warned <- FALSE
  fit <- withCallingHandlers(rq(value ~ z - 1, tau = .5, data = y, method = "br"), warning = function(w) {
    warned <<- TRUE; invokeRestart("muffleWarning") })
  stopifnot(warned != unique)
  h <- bandwidth.rq(.5, nrow(z), hs = TRUE)
  for (tau in .5 + c(-h, h)) rq.fit.br(z, y$value, tau = tau)   # a warning would say that the errors are not unique
  s <- summary(fit, se = "nid", covariance = TRUE)
  write(coefficients_of(setNames(coef(fit), colnames(z)), s$cov), paste0("fit_", model))
  v <- solutions(z, coef(fit))
  least <- apply(v, 2, function(b) objective(z, b))
  stopifnot((ncol(v) == 1) == unique, max(least) - min(least) < 1e-9)
  ranges <<- rbind(ranges, data.frame(model = model, term = c(colnames(z), "objective"),
    low = c(apply(v, 1, min), least[1]), high = c(apply(v, 1, max), least[1])))
  totals <<- rbind(totals, total(model, NA_real_, ncol(z)))
}
options(warn = 2)
median_fit("median_wage", "cohort", unique = FALSE)
median_fit("median_wage_province", c("cohort", "province", "age"), unique = TRUE)
write(ranges, "median_wage_range")

merge_rows(totals, "fit_totals")
print(totals)
packages <- c("survival", "sandwich", "plm", "quantreg")
writeLines(c(R.version.string, paste(c("splines", packages), sapply(c("splines", packages), function(p)
  as.character(packageVersion(p))))), file.path(here, "versions_regression.txt"))
