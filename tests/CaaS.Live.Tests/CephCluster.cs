using System.Text.Json;
using CaaS.Client;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>The test bed's Ceph cluster of three disks, and a platform that watches it.</summary>
public sealed class CephCluster : IAsyncLifetime
{
    internal const string Commands = "deploy/testbed/ceph.sh";

    private Platform _platform = null!;

    internal static TimeSpan ScriptLimit { get; } = TimeSpan.FromMinutes(1);

    internal CaaSClient Client => _platform.Client;

    /// <summary>When the platform began to watch, UTC.</summary>
    internal DateTimeOffset From { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await Script.RunAsync(Commands, "up 3", TimeSpan.FromMinutes(10));
        var data = Path.Combine(Path.GetTempPath(), $"caas-live-ceph-{Environment.ProcessId}");
        Directory.CreateDirectory(data);
        From = TimeProvider.System.GetUtcNow();
        _platform = await Platform.StartAsync(data, $"serve --config {await ConfigureAsync(data)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Live.IsOn)
        {
            return;
        }

        await Script.RunAsync(Commands, "down", ScriptLimit);
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
            Directory.Delete(_platform.Data, recursive: true);
        }
    }

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
