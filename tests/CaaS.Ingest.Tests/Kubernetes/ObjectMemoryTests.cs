using CaaS.History;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Tests.Runtime;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class ObjectMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_kill_left_out_of_the_blocks_is_folded_from_the_log()
    {
        await using var bench = new IngestBench();
        using var folder = DataFolder.Open(Path.Combine(bench.Path, "history"));
        var (a, b, c) = (Node("a", 1), Node("b", 1), Node("c", 1));
        await using (var history = HistoryFactory.Open(new HistoryOptions(), folder, null, null))
        {
            await history.AppendAsync(await TellAsync(bench, a, b), Batch(a, b), Kube.Now, Stop);
            await history.FlushAsync(Stop);
        }

        await TellAsync(bench, b with { IsDeleted = true }, Node("a", 2));
        await bench.Log.AppendAsync(Topics.Signals, 0, "no batch"u8.ToArray(), Stop);
        await TellAsync(bench, c);
        await using var restarted = HistoryFactory.Open(new HistoryOptions(), folder, null, null);
        var memory = new ObjectMemory(bench.Log, restarted, NullLogger<ObjectMemory>.Instance);

        var known = await memory.RecallAsync(Scope.Default, Stop);

        Assert.Equal([("a", "2"), ("c", "1")], known.Select(state => (state.Entity.Name, state.ResourceVersion)));
        Assert.Empty(await memory.RecallAsync(new Scope("other", "cluster"), Stop));
    }

    [Fact]
    public void The_key_of_hashes_outlives_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("caas-key-").FullName;

        var (made, read) = (ContentKey.In(folder), ContentKey.In(folder));

        Assert.Equal((true, false), (made.IsNew, read.IsNew));
        Assert.Equal(made.Bytes, read.Bytes);
        Directory.Delete(folder, recursive: true);
    }

    private static ValueTask<long> TellAsync(IngestBench bench, params KubeObject[] objects) =>
        bench.Log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(Batch(objects)), Stop);

    private static SignalBatch Batch(params KubeObject[] objects) =>
        new() { Scope = Scope.Default, Source = "kubernetes", Objects = [.. objects] };

    private static KubeObject Node(string name, int version) => Kube.Map("Node", Kube.Node(name, version)).State!;
}
