# Working on the month day: logit with errors clustered by person, and figure 9 directly standardised.
# Rscript tests/reference/regression_work.R      (Debian: r-cran-sandwich)
library(sandwich)
source("tests/reference/regression_common.R")

x <- people_of("whole")
y <- person_months(x, "whole")
crude <- read.csv(file.path(here, "employment_whole.csv"))   # the same denominators as the closed-form reference
stopifnot(nrow(y) == sum(crude$present), sum(y$working) == sum(crude$working))

# Steps and levels in which nobody or everybody works are removed with their rows.
used <- y
for (column in c("month", "cohort", "sex")) {
  share <- tapply(used$working, used[[column]], mean)
  none <- names(share)[!is.na(share) & share %in% 0:1]
  if (length(none)) cat("nobody or everybody works:", column, none, "\n")
  used <- used[!used[[column]] %in% none, ]
}
z <- cbind(month_steps(used$month), term_of(used, "cohort"), term_of(used, "sex"))
logit <- function(start) glm(working ~ z - 1, family = binomial, data = used, start = start,
  control = glm.control(epsilon = 1e-15, maxit = 200))
fit <- logit(coef(logit(NULL)))   # the errors of glm come from the step before the last
stopifnot(fit$converged, !anyNA(coef(fit)))
clustered <- vcovCL(fit, cluster = ~person_id, type = "HC0", cadjust = TRUE)   # times G / (G - 1)
write(coefficients_of(setNames(coef(fit), colnames(z)), clustered), "fit_employment")
# Events are the person-months worked; persons those with a person-month, rows that were removed included.
p <- fitted(fit)
totals <- data.frame(model = "employment", persons = length(unique(y$person_id)), events = sum(y$working),
  person_days = NA_real_, log_likelihood = sum(log(ifelse(used$working, p, 1 - p))), parameters = ncol(z))
merge_rows(totals, "fit_totals")
cat("rows", nrow(y), "used", nrow(used), "\n"); print(totals)

# Direct standardisation by sex and age band at settling: persons of known sex, 18 to 64 at settling and on the month
# day. Weights are the distribution of everyone of known sex 18 to 64 at settling; a month counts where every stratum with weight has someone.
adult <- !is.na(x$age) & x$age >= 18 & x$age <= 64 & x$sex != "unknown"
s <- y[!is.na(y$age) & y$age >= 18 & y$age <= 64 & y$sex != "unknown", ]
standardise <- function(by, group) {
  stratum <- function(x) do.call(paste, x[by])
  weight <- table(stratum(x[adult, ])) / sum(adult)
  s$stratum <- factor(stratum(s), names(weight))
  out <- NULL
  for (g in levels(droplevels(s[[group]]))) for (m in sort(unique(s$month[s[[group]] == g]))) {
    at <- s[s[[group]] == g & s$month == m, ]
    n <- table(at$stratum)
    if (any(n == 0)) next
    p <- tapply(at$working, at$stratum, sum) / n
    out <- rbind(out, data.frame(group = g, month = as.integer(m), share = sum(weight * p),
      std_error = sqrt(sum(weight^2 * p * (1 - p) / n))))
  }
  out
}
s$everyone <- factor("everyone")
s$nationality_group <- factor(ifelse(s$nationality == "UA", "Ukrainian", ifelse(s$nationality == "unknown", "unknown",
  "other")), c("Ukrainian", "other", "unknown"))
out <- NULL
for (group in c("everyone", "cohort", "nationality_group"))
  out <- rbind(out, cbind(grouping = group, standardise(c("sex", "age_band"), group)))
write(out, "standardised")
print(table(out$grouping))
