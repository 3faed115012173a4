# States on month days and the moves between them: survfit with id on (m - 1, m], and tables of moves.
# Rscript tests/reference/flows.R      (Debian: r-cran-survival)
library(survival)
source("tests/reference/regression_common.R")
states <- c("not working", "agency", "on-call", "fixed-term", "permanent", "other", "departed")

x <- people_of("whole")
x <- x[!is.na(x$age) & x$age >= 18 & x$age <= 64, ]
stays <- read("whole", "stays")
stays$settled <- as.Date(stays$settled)
stays$departed <- as.Date(ifelse(is.na(stays$departed), "9999-01-01", stays$departed))
jobs <- jobs_of("whole")
sums <- aggregate(cbind(hours, wage) ~ person_id + employer_id + month, jobs, sum)
names(sums)[4:5] <- c("month_hours", "month_wage")
worked <- merge(jobs, sums[sums$month_hours > 0, ])

state_on <- function(person, day) {
  own <- stays[stays$person_id == person, ]
  if (!any(own$settled <= day & day < own$departed)) return("departed")
  j <- worked[worked$person_id == person & worked$start <= day & day <= worked$end, ]
  if (!nrow(j)) return("not working")
  # Main employer: most hours in the month, then wage, then name; its record with most hours, then wage, then names.
  j <- j[order(-j$month_hours, -j$month_wage, j$employer_id, -j$hours, -j$wage, j$contract, is.na(j$sector), j$sector), ]
  if (j$contract[1] %in% states) j$contract[1] else "other"
}
grid <- matrix(NA_character_, nrow(x), 29)
for (i in seq_len(nrow(x))) for (m in 0:28) {
  day <- x$settled[i] + month_days[m + 1]
  if (day <= until) grid[i, m + 1] <- state_on(x$person_id[i], day)
}
rows <- NULL
for (m in 1:28) {
  both <- !is.na(grid[, m]) & !is.na(grid[, m + 1])
  if (any(both)) rows <- rbind(rows, data.frame(id = which(both), start = m - 1, stop = m, from = grid[both, m],
    to = grid[both, m + 1]))
}
moves <- as.data.frame(table(month = rows$stop, from_state = rows$from, to_state = rows$to), responseName = "persons")
moves <- moves[moves$persons > 0, ]
write(moves, "transitions_whole")
rows$event <- factor(ifelse(rows$from == rows$to, "none", rows$to), c("none", states))
rows$from <- factor(rows$from, states)
rows <- rows[order(rows$id, rows$start), ]
first <- table(factor(grid[!is.na(grid[, 1]), 1], states))
fit <- survfit(Surv(start, stop, event) ~ 1, rows, id = id, istate = from, p0 = as.vector(first / sum(first)))
at <- summary(fit, times = 0:max(rows$stop), extend = TRUE)
out <- NULL
for (s in states) out <- rbind(out, data.frame(month = at$time, state = s, share = at$pstate[, match(s, fit$states)]))
counts <- as.data.frame(table(month = as.vector(col(grid) - 1), state = as.vector(grid)), responseName = "persons")
out <- merge(out, counts[c("month", "state", "persons")], all.x = TRUE)
out$persons[is.na(out$persons)] <- 0L
out <- out[order(out$month, match(out$state, states)), ]
write(out, "occupancy_whole")
cat(nrow(x), "persons", nrow(rows), "intervals\n")
