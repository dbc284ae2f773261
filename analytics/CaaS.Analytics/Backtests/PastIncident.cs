using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>An incident on record, as far as a backtest asks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Onset">When it began, UTC.</param>
/// <param name="Opened">When people were told, UTC.</param>
/// <param name="Ended">When it was over, UTC; null while it lasts.</param>
/// <param name="Entities">What it names: its causes, its symptoms, and who was hurt.</param>
public sealed record PastIncident(
    string Id,
    string Title,
    DateTimeOffset Onset,
    DateTimeOffset Opened,
    DateTimeOffset? Ended,
    ImmutableHashSet<EntityRef> Entities);
