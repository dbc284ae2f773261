using Akka.Hosting;
using CaaS.Alerting.Runtime;
using CaaS.Analytics;
using CaaS.Analytics.Runtime;
using CaaS.Api;
using CaaS.Client;
using CaaS.History;
using CaaS.Ingest.Runtime;
using CaaS.Log;
using CaaS.Orchestration.Runtime;
using CaaS.Rca.Runtime;
using CaaS.Replay;
using CaaS.Signals;
using CaaS.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Scenarios.Tests.Feedback;

/// <summary>Cause analysis, alerting and the API as the host puts them together, on a log in memory; recordings take the
/// place of the sources, and are analysed as they are played.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MemoryLog _log;
    private readonly FakeTimeProvider _time;
    private readonly CancellationToken _none = TestContext.Current.CancellationToken;

    private Platform(WebApplication app, string data, MemoryLog log, FakeTimeProvider time)
    {
        (_app, _log, _time) = (app, log, time);
        Client = CaaSClient.Connect(new Uri(app.Urls.First()), File.ReadAllText(Path.Combine(data, "operator-token")).Trim());
    }

    public CaaSClient Client { get; }

    public static async Task<Platform> StartAsync(string data, MemoryLog log, FakeTimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var (services, configuration) = (builder.Services, builder.Configuration);
        configuration["Platform:DataFolder"] = data;
        Action<DbContextOptionsBuilder> database =
            options => options.UseSqlite($"Data Source={Path.Combine(data, "caas.db")};Pooling=False;Default Timeout=30");
        services.AddSingleton<TimeProvider>(time);
        services.AddCaasLog(configuration, data);
        services.AddSingleton<ILog>(log);
        services.AddCaasHistory(configuration);
        services.AddIngest(configuration);
        services.AddAnalytics(configuration);
        services.AddRca(configuration, database);
        services.AddOrchestration(configuration, database);
        services.AddAlerting(configuration, database);
        services.AddAkka("caas", akka => akka.WithRca().WithAlerting());
        services.AddApi(configuration, database);
        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Platform(app, data, log, time);
    }

    /// <summary>Appends a recording's signals and what analytics finds in them, and waits until all is taken in.</summary>
    public async Task PlayAsync(Recording recording)
    {
        var cores = new ReplayPipeline(recording.Header);
        foreach (var entry in recording.Entries.Where(entry => entry.Topic == RecordedTopic.Signals))
        {
            _time.SetUtcNow(entry.AppendedAt);
            var offset = await _log.AppendAsync(Topics.Signals, 0, entry.Payload, _none);
            await AnalyseAsync(offset, cores.Step(entry).Anomalies);
        }

        await TakenAsync();
    }

    /// <summary>Lets cause analysis read a signal that nothing was found in.</summary>
    public async Task PassAsync(long offset)
    {
        await AnalyseAsync(offset, []);
        await TakenAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Waits for what another thread does.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var round = 0; round < 1200; round++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(25, _none);
        }

        Assert.Fail("It did not come to hold.");
    }

    private async Task AnalyseAsync(long offset, IEnumerable<Anomaly> anomalies) => await _log.AppendAsync(
        Topics.Anomalies, 0,
        SignalsJson.Encode(new AnomalyRecord(offset, offset + 1, [.. anomalies.Select(anomaly => new FoundAt(offset, anomaly))])), _none);

    private async Task TakenAsync()
    {
        await ReadAsync(RcaFeed.Group, Topics.Anomalies);
        await ReadAsync(AlertingShell.Group, Topics.Incidents);
    }

    private Task ReadAsync(string group, Topic topic) => UntilAsync(
        async () => (await _log.CommittedAsync(group, topic, 0, _none) ?? 0) == (await _log.RangeAsync(topic, 0, _none)).End);
}
