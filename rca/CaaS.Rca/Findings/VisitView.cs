using System.Collections.Immutable;
using CaaS.Rca.Inquiry;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Sampled requests as visits, at one instant.</summary>
/// <param name="entities">Whose visits there are; a visit names them by their place.</param>
/// <param name="visits">The visits, those of one trace together.</param>
/// <param name="names">Names of what happens in them.</param>
/// <param name="at">When they were read, UTC.</param>
internal sealed class VisitView(
    ImmutableArray<EntityRef> entities, ImmutableArray<Visit> visits, EventNames names, DateTimeOffset at)
{
    private readonly Dictionary<EntityRef, int> _index =
        entities.Select((entity, place) => (entity, place)).ToDictionary(item => item.entity, item => item.place);
    private readonly Dictionary<DateTimeOffset, VisitContrast> _contrasts = [];

    public ImmutableArray<EntityRef> Entities => entities;

    public ImmutableArray<Visit> Visits => visits;

    public EventNames Names => names;

    public DateTimeOffset At => at;

    /// <summary>An entity's place; -1 when it has no visits.</summary>
    public int IndexOf(EntityRef entity) => _index.GetValueOrDefault(entity, -1);

    /// <summary>Visits before an onset and since; remembered for the cases that are open at a time.</summary>
    public VisitContrast Around(DateTimeOffset onset, CauseOptions options)
    {
        if (!_contrasts.TryGetValue(onset, out var contrast))
        {
            contrast = new VisitContrast(this, onset, options);
            _contrasts.Add(onset, contrast);
        }

        return contrast;
    }
}
