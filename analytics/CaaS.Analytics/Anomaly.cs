using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics;

/// <summary>One signal of one entity leaves its learned band, or returns to it.</summary>
/// <param name="Id">Hash of entity, signal and onset: the same for Raised, Updated and Cleared, and on every
/// replay.</param>
/// <param name="Entity">Whose signal.</param>
/// <param name="Kind">Sort of signal.</param>
/// <param name="Signal">Metric or derived metric name, or <c>template:</c> and its id.</param>
/// <param name="Labels">Labels of the series that matter (pod, peer, route…), sorted by name.</param>
/// <param name="Role">What the signal says.</param>
/// <param name="State">Begins, goes on or ends.</param>
/// <param name="Onset">Estimated first abnormal instant, UTC.</param>
/// <param name="At">When this was decided, UTC (the step's <c>now</c>).</param>
/// <param name="PValue">Calibrated probability of a value at least this rare when all is well, 0 to 1.</param>
/// <param name="Score">−log10 of the p-value, 0 to 16.</param>
/// <param name="Observed">The value that decided.</param>
/// <param name="ExpectedLow">Lower end of the learned band.</param>
/// <param name="ExpectedHigh">Upper end of the learned band.</param>
/// <param name="Unit">Unit of the three: <c>s</c>, <c>ratio</c>, <c>bytes</c>, <c>cores</c>, <c>1/s</c>, or
/// empty.</param>
/// <param name="Explanation">One sentence: which feature, expected band, how rare; for logs the template text.</param>
public sealed record Anomaly(
    string Id,
    EntityRef Entity,
    AnomalyKind Kind,
    string Signal,
    ImmutableArray<Label> Labels,
    SignalRole Role,
    AnomalyState State,
    DateTimeOffset Onset,
    DateTimeOffset At,
    double PValue,
    double Score,
    double Observed,
    double ExpectedLow,
    double ExpectedHigh,
    string Unit,
    string Explanation);
