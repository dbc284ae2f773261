using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>The visits of a case, parted by the onset: what history and calm minutes say, and what came
/// after.</summary>
internal sealed class VisitWindow
{
    private readonly VisitProfile? _history;
    private readonly VisitProfile _calm = new();
    private readonly CauseCase _case;

    public VisitWindow(CauseCase @case, double onset, CauseOptions options)
    {
        (_case, _history) = (@case, @case.History);
        var places = ImmutableArray.CreateBuilder<int>();
        for (var place = 0; place < @case.Visits.Length; place++)
        {
            var visit = @case.Visits[place];
            if (visit.TraceStart < onset - options.GuardSeconds)
            {
                _calm.Add(visit);
            }
            else if (visit.TraceStart >= onset && visit.TraceStart <= onset + options.AfterSeconds)
            {
                places.Add(place);
            }
        }

        AfterPlaces = places.ToImmutable();
    }

    public ImmutableArray<int> AfterPlaces { get; }

    public IEnumerable<Visit> After => AfterPlaces.Select(place => _case.Visits[place]);

    public int Followed(long pair) => _calm.Followed(pair) + (_history?.Followed(pair) ?? 0);

    public int Seen(long pair) => _calm.Seen(pair) + (_history?.Seen(pair) ?? 0);

    public double[] Self(int operation) => Sorted(_calm.Self(operation), _history?.Self(operation));

    public double[] Gap(long edge) => Sorted(_calm.Gap(edge), _history?.Gap(edge));

    private static double[] Sorted(Samples? calm, Samples? history)
    {
        var values = new List<double>();
        calm?.CopyTo(values);
        history?.CopyTo(values);
        values.Sort();
        return [.. values];
    }
}
