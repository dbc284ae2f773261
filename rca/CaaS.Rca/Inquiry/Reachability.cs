namespace CaaS.Rca.Inquiry;

/// <summary>Who is reached from whom over calls; whole answers are kept, since graphs around one incident are
/// small.</summary>
internal sealed class Reachability
{
    private readonly Dictionary<int, HashSet<int>> _reached = [];
    private readonly ILookup<int, int> _callees;

    public Reachability(CauseCase @case) =>
        _callees = @case.Calls.Where(link => link.Caller != link.Callee).Distinct()
            .ToLookup(link => link.Caller, link => link.Callee);

    /// <summary>Direct callees, in the order of the links.</summary>
    public IEnumerable<int> Callees(int entity) => _callees[entity];

    /// <summary>Everything a call can end up at, the start included.</summary>
    public HashSet<int> From(int entity)
    {
        if (_reached.TryGetValue(entity, out var known))
        {
            return known;
        }

        var reached = new HashSet<int> { entity };
        var waiting = new Queue<int>([entity]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var callee in _callees[next])
            {
                if (reached.Add(callee))
                {
                    waiting.Enqueue(callee);
                }
            }
        }

        _reached[entity] = reached;
        return reached;
    }
}
