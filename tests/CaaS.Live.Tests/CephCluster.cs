using System.Text.Json;
using CaaS.Client;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>A real Ceph cluster of three OSDs, and the platform watching its dashboard and metrics.</summary>
public sealed class CephCluster : IAsyncLifetime
{
    private const string ScriptPath = "deploy/testbed/ceph.sh";

    private Platform? _platform;

    /// <summary>Client of the platform.</summary>
    internal CaaSClient Client => _platform!.Client;

    /// <summary>When the platform was started.</summary>
    internal DateTimeOffset StartedAt { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await Script.RunAsync(ScriptPath, "up 3", TimeSpan.FromMinutes(10));
        var data = Path.Combine(Path.GetTempPath(), $"caas-live-ceph-{Environment.ProcessId}");
        Directory.CreateDirectory(data);
        StartedAt = TimeProvider.System.GetUtcNow();
        _platform = await Platform.StartAsync(data, $"serve --config {await ConfigureAsync(data)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await RunAsync("down");
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
            Directory.Delete(_platform.Data, recursive: true);
        }
    }

    /// <summary>Runs a verb of the script.</summary>
    /// <param name="verb">The verb and its arguments.</param>
    internal static Task RunAsync(string verb) => Script.RunAsync(ScriptPath, verb, TimeSpan.FromMinutes(1));

    private static async Task<string> ConfigureAsync(string data)
    {
        var password = Path.Combine(data, "ceph-password");
        await File.WriteAllTextAsync(password, "S3cret-pass\n", TestContext.Current.CancellationToken);
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
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { Ingest = new { Ceph = ceph } }), TestContext.Current.CancellationToken);
        return file;
    }
}
