# Cox regressions of the departure, Efron ties.
# Rscript tests/reference/regression_cox.R      (Debian: r-cran-survival)
library(survival)
source("tests/reference/regression_common.R")
exact <- coxph.control(eps = 1e-13, iter.max = 100, toler.chol = 1e-14)
totals <- NULL; zph <- NULL

# `surv` is of the rows of x; persons and person-days are given, since a person may have several rows.
cox <- function(name, surv, x, terms, persons, person_days) {
  z <- do.call(cbind, lapply(terms, function(t) term_of(x, t)))
  fit <- coxph(surv ~ z, ties = "efron", control = exact)
  stopifnot(!anyNA(coef(fit)))
  write(coefficients_of(setNames(coef(fit), colnames(z)), vcov(fit)), paste0("fit_", name))
  totals <<- rbind(totals, data.frame(model = name, persons = persons, events = sum(surv[, "status"]),
    person_days = as.double(person_days), log_likelihood = fit$loglik[2], parameters = ncol(z)))
  # By term and transform = "km", as cox.zph does by default: for direction only.
  parts <- lapply(terms, function(t) term_of(x, t))
  names(parts) <- paste0("z", seq_along(terms))
  again <- coxph(as.formula(paste("surv ~", paste(names(parts), collapse = " + "))), data = c(list(surv = surv), parts),
    ties = "efron", control = exact)
  stopifnot(abs(again$loglik[2] - fit$loglik[2]) < 1e-9)
  k <- cox.zph(again)$table
  zph <<- rbind(zph, data.frame(model = name, term = c(terms, "GLOBAL"), statistic = unname(k[, "chisq"]),
    df = as.integer(round(k[, "df"])), p_value = unname(k[, "p"])))
}

x <- people_of("whole")
known <- x[!is.na(x$age), ]
cox("cox", Surv(known$time, known$event), known, c("cohort", "sex", "age"), nrow(known), sum(known$time))

# Delayed entry: the extract holds only persons present on 2023-01-01. Two cohorts occur.
d <- people_of("delayed", "2023-01-01")
d <- d[d$time > d$entry, ]
late <- Surv(d$entry, d$time, d$event)
cox("cox_delayed", late, d, c("sex", "province"), nrow(d), sum(d$time - d$entry))
cox("cox_delayed_cohort", late, d, c("cohort", "sex", "province"), nrow(d), sum(d$time - d$entry))

# Work on the month day before the interval (d(m - 1), d(m)].
days <- worked_days(x, "whole")
y <- survSplit(Surv(time, event) ~ ., x[c("person_id", "time", "event", "cohort", "sex")], cut = month_days[-1])
y[["working[lag1]"]] <- as.numeric(mapply(function(p, day) day %in% days[[p]], y$person_id, y$tstart))
cox("cox_lagged", Surv(y$tstart, y$time, y$event), y, c("working[lag1]", "sex"), nrow(x), sum(x$time))

merge_rows(totals, "fit_totals"); merge_rows(zph, "fit_zph")
print(totals); print(zph)
