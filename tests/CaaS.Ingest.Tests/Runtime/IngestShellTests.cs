using Akka.Hosting;
using CaaS.Ingest.Runtime;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class IngestShellTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("caas-shell-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task Without_a_cluster_the_own_machine_named_targets_logs_and_time_itself_are_seen()
    {
        var logs = Path.Combine(_path, "pods", "shop_cart-1_uid", "cart");
        Directory.CreateDirectory(logs);
        await File.WriteAllTextAsync(Path.Combine(logs, "0.log"), $"{TimeProvider.System.GetUtcNow():O} stdout F hello\n", Stop);
        await using var target = Build([]);
        target.MapGet("/metrics", () => "stock_items 3\n");
        await target.StartAsync(Stop);
        await using var host = Build(
        [
            new("Ingest:Kubernetes:Disabled", "true"),
            new("Ingest:Host:Interval", "00:00:01"),
            new("Ingest:ContainerLogs:Roots:0", Path.Combine(_path, "pods")),
            new("Ingest:Prometheus:ScrapeInterval", "00:00:01"),
            new("Ingest:Prometheus:ScrapeTimeout", "00:00:01"),
            new("Ingest:Prometheus:Targets:0:Url", target.Urls.First() + "/metrics"),
            new("Ingest:Prometheus:Targets:0:Entity", "shop/Deployment/stock"),
        ]);
        await host.StartAsync(Stop);

        var seen = await WaitAsync(host.Services.GetRequiredService<ILog>(), ["tick", "host", "prometheus", "container-logs"]);

        Assert.Contains("default/default|shop/Deployment/stock|stock_items", seen);
        Assert.Contains("default/default|shop/Deployment/stock|up", seen);
        Assert.Contains("shop/Pod/cart-1 hello", seen);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start_and_name_their_keys()
    {
        await using var host = Build(
        [
            new("Ingest:Kubernetes:Disabled", "true"),
            new("Ingest:Prometheus:ScrapeTimeout", "00:00:50"),
            new("Ingest:Prometheus:Targets:0:Url", "not an address"),
        ]);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));

        Assert.Contains("Ingest:Prometheus:ScrapeTimeout", error.Message, StringComparison.Ordinal);
        Assert.Contains("Ingest:Prometheus:Targets:0:Url", error.Message, StringComparison.Ordinal);
    }

    private static async Task<HashSet<string>> WaitAsync(ILog log, string[] sources)
    {
        var missing = sources.ToHashSet();
        var seen = new HashSet<string>();
        for (long next = 0; missing.Count > 0;)
        {
            foreach (var entry in await log.ReadAsync(Topics.Signals, 0, next, 1 << 20, Stop))
            {
                var batch = SignalBatchCodec.Decode(entry.Payload);
                missing.Remove(batch.Source);
                seen.UnionWith(batch.Metrics.Series.Select(series => series.Text));
                seen.UnionWith(batch.Logs.Select(record => $"{record.Entity} {record.Body}"));
                next = entry.Offset + 1;
            }
        }

        return seen;
    }

    private WebApplication Build(KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (settings.Length > 0)
        {
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddCaasLog(builder.Configuration, Path.Combine(_path, "data"));
            builder.Services.AddIngest(builder.Configuration);
            builder.Services.AddAkka("ingest-test", akka => akka.WithIngest());
        }

        return builder.Build();
    }
}
