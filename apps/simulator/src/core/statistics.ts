/** What a fleet did so far. Gauges (`connected`, `registered`, `charging`) go up and down, the rest only grows. */
export class Statistics {
  devices = 0;
  connected = 0; // devices whose connection is up
  registered = 0; // devices whose registration was answered on the present connection
  charging = 0; // ports

  connects = 0; // of connections
  disconnects = 0;
  connectErrors = 0;
  lastConnectError = '';

  framesUp = 0;
  framesDown = 0;
  bytesUp = 0;
  bytesDown = 0;

  requests = 0; // frames that want an answer, each counted once
  answers = 0;
  retransmissions = 0;
  unanswered = 0; // requests given up after their last retransmission

  ordersReceived = 0;
  chargesStarted = 0;
  chargesEnded = 0;
  startsRefused = 0;
  progressSent = 0;
  settlementsSent = 0;
  settlementsAcknowledged = 0; // records, however often they were sent

  /** Answers to what was answered already or given up: normal after retransmissions and duplicates. */
  surplusAnswers = 0;
  /** What the platform did wrong: bytes that are no frame, payloads that do not decode, frames for nobody here. */
  errors = 0;
  faultsInjected = 0;

  snapshot(): StatisticsSnapshot {
    return Object.assign({} as Counters, this);
  }
}

type Counters = Omit<Statistics, 'snapshot'>;
export type StatisticsSnapshot = Readonly<Counters>;
