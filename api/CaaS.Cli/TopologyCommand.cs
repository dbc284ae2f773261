using System.CommandLine;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>What changed in the cluster's topology.</summary>
internal static class TopologyCommand
{
    public static Command Make(Run run)
    {
        var from = new Option<string>("--from")
        {
            Description = "Then: an instant, or -1h before now.",
            DefaultValueFactory = _ => "-1h",
        };
        var to = new Option<string>("--to")
        {
            Description = "What it is compared with: an instant, -30m before now, or now.",
            DefaultValueFactory = _ => "now",
        };
        var command = new Command("topology", "What changed in the cluster's graph between two instants.") { from, to };
        return run.Bind(command, async (parsed, client, cancel) =>
        {
            var now = (await client.StatusAsync(cancel).ConfigureAwait(false)).Now;
            var (then, until) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            var diff = await client
                .TopologyDiffAsync(TimeText.Instant(then, now), TimeText.Instant(until, now), cancel)
                .ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(diff).ConfigureAwait(false);
            }
            else
            {
                await Table.WriteAsync(run.Output, ["CHANGE", "WHAT", "HOW"], Rows(diff)).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
    }

    private static IEnumerable<string[]> Rows(GraphDiff diff) =>
    [
        .. diff.AddedNodes.Select(entity => new[] { "added", entity, "" }),
        .. diff.RemovedNodes.Select(entity => new[] { "removed", entity, "" }),
        .. diff.ChangedNodes.SelectMany(node => node.Facts
            .Select(fact => $"{fact.Name}: {Named(fact.Before)} → {Named(fact.After)}")
            .Concat(node.AddedPods.Select(pod => $"pod {pod.Name} came, on {Named(pod.Value)}"))
            .Concat(node.RemovedPods.Select(pod => $"pod {pod.Name} went, from {Named(pod.Value)}"))
            .Select(how => new[] { "changed", node.Entity, how })),
        .. diff.AddedEdges.Select(edge => new[] { "edge added", edge.From, $"{edge.Kind} {edge.To}" }),
        .. diff.RemovedEdges.Select(edge => new[] { "edge removed", edge.From, $"{edge.Kind} {edge.To}" }),
    ];

    private static string Named(string value) => value.Length > 0 ? value : "-";
}
