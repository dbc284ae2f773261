using CaaS.Analytics;
using CaaS.Log;
using CaaS.Rca.Ports;
using CaaS.Rca.Runtime;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Rca.Tests.Runtime;

/// <summary>The shell on an embedded log and a database file of its own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("caas-rca-").FullName;
    private readonly DataFolder _folder;
    private ServiceProvider _services;

    public Stage()
    {
        _folder = DataFolder.Open(_path);
        Time = new FakeTimeProvider(Shop.Start);
        Log = LogFactory.Open(new LogOptions { GroupCommitMs = 0 }, _folder, Time);
        _services = Build();
    }

    public FakeTimeProvider Time { get; }

    public ILog Log { get; }

    public IIncidentStore Store => _services.GetRequiredService<IIncidentStore>();

    public ICauseFeedbackStore Feedback => _services.GetRequiredService<ICauseFeedbackStore>();

    public ITopology Topology => _services.GetRequiredService<ITopology>();

    public RcaFeed NewFeed() => _services.GetRequiredService<RcaFeed>();

    /// <summary>Ends the process, so to say, and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    /// <summary>Writes a part of a shop's signals and what analytics found in them to the log.</summary>
    public async Task WriteAsync(Shop shop, int from, int to)
    {
        var stop = TestContext.Current.CancellationToken;
        var found = new List<FoundAt>();
        var first = -1L;
        var last = -1L;
        foreach (var (_, batch, anomalies, now) in shop.Sent.Skip(from).Take(to - from))
        {
            Time.SetUtcNow(now > Time.GetUtcNow() ? now : Time.GetUtcNow());
            last = await Log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(batch), stop);
            first = first < 0 ? last : first;
            found.AddRange(anomalies.Select(anomaly => new FoundAt(last, anomaly)));
            if (last - first >= 50)
            {
                await Flush();
            }
        }

        await Flush();

        async Task Flush()
        {
            if (first >= 0)
            {
                await Log.AppendAsync(Topics.Anomalies, 0, SignalsJson.Encode(new AnomalyRecord(first, last + 1, [.. found])), stop);
                found.Clear();
                first = -1;
            }
        }
    }

    /// <summary>Lets a feed process everything there is.</summary>
    public async Task DrainAsync(RcaFeed feed)
    {
        var stop = TestContext.Current.CancellationToken;
        while (feed.NextOffset < (await Log.RangeAsync(Topics.Anomalies, 0, stop)).End)
        {
            await feed.AdvanceAsync(stop);
        }
    }

    public async Task<IReadOnlyList<IncidentRecord>> RecordsAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        var (next, end) = await Log.RangeAsync(Topics.Incidents, 0, stop);
        var records = new List<IncidentRecord>();
        while (next < end)
        {
            foreach (var entry in await Log.ReadAsync(Topics.Incidents, 0, next, 1 << 20, stop))
            {
                records.Add(SignalsJson.Decode<IncidentRecord>(entry.Payload.Span));
                next = entry.Offset + 1;
            }
        }

        return records;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Log.DisposeAsync();
        _folder.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_path, recursive: true);
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<System.Diagnostics.Metrics.IMeterFactory, OwnMeters>()
        .AddSingleton(Log)
        .AddSingleton<TimeProvider>(Time)
        .AddRca(new ConfigurationBuilder().Build(), database => database.UseSqlite($"Data Source={Path.Combine(_path, "test.db")}"))
        .BuildServiceProvider();
}
