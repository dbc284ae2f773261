using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>The graph as objects stated it at an instant in the past.</summary>
public static class PastTopology
{
    /// <summary>Folds objects into a graph.</summary>
    /// <param name="scope">Scope of the objects.</param>
    /// <param name="objects">Every object that was there then.</param>
    /// <param name="at">The instant, UTC.</param>
    /// <returns>The graph, without what only signals tell: calls that clients measured, flows, operations, and what was
    /// abnormal. O(objects + edges).</returns>
    public static GraphSnapshot Of(Scope scope, IEnumerable<KubeObject> objects, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var options = new RcaOptions();
        var graph = new LiveGraph(options);
        var flows = new FlowBook(options, graph);
        var fold = new GraphFold(graph, new CallBook(options), flows, scope);
        foreach (var state in objects)
        {
            graph.Fold(state, at);
        }

        fold.Refresh();
        return SnapshotWriter.Write(graph, fold.View, flows, [], new HashSet<EntityRef>(), scope, at);
    }
}
