using CaaS.Rca.Inquiry;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>The sampled requests of one case, those before it began beside those since.</summary>
/// <remarks>O(visits) to make; answers are look-ups.</remarks>
internal sealed class VisitContrast
{
    /// <summary>Visits of one operation that are compared: more say hardly more.</summary>
    private const int MostVisits = 250;

    private readonly VisitView _view;
    private readonly ILookup<int, OperationPair> _byEntity;
    private readonly ILookup<int, WayPair> _byEnd;

    /// <summary>Parts the visits.</summary>
    /// <param name="view">The visits.</param>
    /// <param name="onset">When it began, UTC.</param>
    /// <param name="options">How much is left out before that, and looked at after it.</param>
    public VisitContrast(VisitView view, DateTimeOffset onset, CauseOptions options)
    {
        _view = view;
        var began = (onset - DateTimeOffset.UnixEpoch).TotalSeconds;
        var before = view.Visits.Where(visit => visit.TraceStart < began - options.GuardSeconds)
            .ToLookup(visit => visit.Operation);
        Visit[] since = [.. view.Visits.Where(visit =>
            visit.TraceStart >= began && visit.TraceStart <= began + options.AfterSeconds)];
        OperationPair[] pairs = [.. since.GroupBy(visit => visit.Operation)
            .Select(group => new OperationPair(
                group.Key, [.. before[group.Key].TakeLast(MostVisits)], [.. group.TakeLast(MostVisits)]))];
        _byEntity = pairs.ToLookup(pair => pair.Since[0].Entity);
        _byEnd = pairs.SelectMany(Ways)
            .SelectMany(way => new[] { (End: way.Caller, Way: way), (End: way.Callee, Way: way) })
            .ToLookup(item => item.End, item => item.Way);
    }

    /// <summary>What was asked of an entity, by operation; those not asked since are left out.</summary>
    public IEnumerable<OperationPair> Of(EntityRef entity) => _byEntity[_view.IndexOf(entity)];

    /// <summary>The ways to and from an entity.</summary>
    public IEnumerable<WayPair> Ways(EntityRef entity) => _byEnd[_view.IndexOf(entity)];

    /// <summary>The entity at a place.</summary>
    public EntityRef At(int place) => _view.Entities[place];

    /// <summary>The visits that a visit called.</summary>
    public IEnumerable<Visit> Called(Visit visit) => visit.Children.Select(place => _view.Visits[place]);

    /// <summary>An operation as its spans name it.</summary>
    public string NameOf(OperationPair pair) => VisitReader.OperationOf(_view.Names, pair.Operation);

    private static IEnumerable<WayPair> Ways(OperationPair pair)
    {
        var before = pair.Before.ToLookup(visit => visit.Caller, visit => visit.GapSeconds);
        return pair.Since.Where(visit => visit.Caller >= 0).GroupBy(visit => visit.Caller, visit => visit.GapSeconds)
            .Select(since => new WayPair(since.Key, pair.Since[0].Entity, [.. before[since.Key]], [.. since]));
    }
}
