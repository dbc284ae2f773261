using System.Text.Json;
using CaaS.Client;
using CaaS.Client.Wire;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>A real Ceph cluster that loses a disk and gets it back, watched through its dashboard and its
/// metrics.</summary>
public sealed class CephTests : IAsyncLifetime
{
    private const string Osd = "-/CephOsd/osd.1";
    private const string Cluster = "-/CephCluster/ceph";
    private const string Ceph = "deploy/testbed/ceph.sh";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromMinutes(1);

    private Platform _platform = null!;
    private DateTimeOffset _from;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CaaSClient Client => _platform.Client;

    public async ValueTask InitializeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await Script.RunAsync(Ceph, "up 3", TimeSpan.FromMinutes(10));
        var data = Path.Combine(Path.GetTempPath(), $"caas-live-ceph-{Environment.ProcessId}");
        Directory.CreateDirectory(data);
        _from = TimeProvider.System.GetUtcNow();
        _platform = await Platform.StartAsync(data, $"serve --config {await ConfigureAsync(data)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await Script.RunAsync(Ceph, "down", ScriptLimit);
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
            Directory.Delete(_platform.Data, recursive: true);
        }
    }

    [Fact]
    public async Task A_lost_disk_is_told_and_its_return_too()
    {
        Live.Require();
        var doctor = await Client.DoctorAsync(Cancel);
        Assert.True(Assert.Single(doctor.Checks, check => check.Name == "ceph").Ok);
        await LastPointAsync(1);

        await Script.RunAsync(Ceph, "kill-osd 1", ScriptLimit);
        var down = await EventAsync(Osd, "OsdDown");
        var failed = await EventAsync(Cluster, "Health check failed: 1 osds down");
        Assert.True(down.IsWarning && failed.IsWarning);
        Assert.Equal("OSD_DOWN", failed.Reason);
        await LastPointAsync(0);
        var incident = await IncidentAsync(open => open.Hypotheses.Count > 0);
        Assert.Equal((Osd, "osd-down"), (incident.Hypotheses[0].Entity, incident.Hypotheses[0].FaultClass));

        await Script.RunAsync(Ceph, "start-osd 1", ScriptLimit);
        await EventAsync(Osd, "OsdUp");
        await EventAsync(Cluster, "Health check cleared: OSD_DOWN");
        var ended = await IncidentAsync(one => one.Status == IncidentStatus.Resolved);
        Assert.Equal(incident.Id, ended.Id);
    }

    [Fact]
    public async Task What_people_do_to_the_cluster_is_a_change()
    {
        Live.Require();

        await Script.RunAsync(Ceph, "ceph osd set noout", ScriptLimit);
        await Script.RunAsync(Ceph, "ceph osd pool create scratch 8", ScriptLimit);

        var flag = await ChangeAsync(Cluster, "flag noout was set");
        var pool = await ChangeAsync("-/CephPool/scratch", "was created");
        Assert.Equal(("config", "created"), (flag.Kind, pool.Kind));
    }

    private static async Task<string> ConfigureAsync(string data)
    {
        var password = Path.Combine(data, "ceph-password");
        await File.WriteAllTextAsync(password, "S3cret-pass\n", Cancel);
        var file = Path.Combine(data, "ceph.json");
        var ceph = new
        {
            Dashboards = new[] { "http://127.0.0.1:18443/" },
            Metrics = new[] { "http://127.0.0.1:19283/metrics" },
            User = "admin",
            PasswordFile = password,
            Interval = "00:00:02",
            ScrapeInterval = "00:00:05",
            ScrapeTimeout = "00:00:05",
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { Ingest = new { Ceph = ceph } }), Cancel);
        return file;
    }

    private Task<Incident> IncidentAsync(Func<Incident, bool> isIt) => Wait.ForAsync(
        "the one incident", TimeSpan.FromMinutes(3), async () =>
            await Client.IncidentsAsync(openOnly: false, 10, Cancel) is [var only] && isIt(only) ? only : null);

    private Task<EventLine> EventAsync(string entity, string text) => Wait.ForAsync(
        $"'{text}' of {entity}", Soon, async () => (await Client.EventsAsync(Since(entity), Cancel))
            .FirstOrDefault(seen => seen.Reason == text || seen.Message.Contains(text, StringComparison.Ordinal)));

    private Task<ChangeLine> ChangeAsync(string entity, string text) => Wait.ForAsync(
        $"'{text}' of {entity}", Soon, async () => (await Client.ChangesAsync(Since(entity), Cancel))
            .FirstOrDefault(change => change.Summary.Contains(text, StringComparison.Ordinal)));

    private Task<string> LastPointAsync(double wanted) => Wait.ForAsync($"ceph_osd_up = {wanted}", Soon, async () =>
    {
        var filter = new SeriesFilter { From = _from, To = TimeProvider.System.GetUtcNow().AddMinutes(1), Entity = Osd, Metric = "ceph_osd_up" };
        var values = (await Client.RangeAsync(filter, null, Aggregate.Last, Cancel)).SelectMany(series => series.Value);
        return values.LastOrDefault() == wanted ? "there" : null;
    });

    private TextFilter Since(string entity) => new() { From = _from, To = TimeProvider.System.GetUtcNow().AddMinutes(1), Entity = entity };
}
