using System.Net;
using CaaS.Client;
using CaaS.Client.Wire;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>kill -9 under load, ten times in a full run: what was acknowledged is there, and no operation runs
/// twice.</summary>
[Collection(nameof(SharedShop))]
public sealed class KillTests(ShopCluster cluster, ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int FewKills = 2;
    private const int LinesPerSecond = 50;

    private static readonly string[] Restarted = ["catalogue", "cart", "payment", "stock", "gateway"];

    [Fact]
    public async Task Kills_lose_nothing_acknowledged_and_repeat_no_operation()
    {
        Live.Require();
        var kills = Live.IsFull ? Kills : FewKills;
        var platform = cluster.Platform;
        var cancel = TestContext.Current.CancellationToken;
        var from = TimeProvider.System.GetUtcNow();
        var random = new Random(20261123);
        var acknowledged = new List<string>();
        var operations = new List<(string Id, string App, long Generation)>();

        for (var round = 0; round < kills; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var load = SendAsync(platform, round, acknowledged, stop.Token);
            var app = Restarted[round % Restarted.Length];
            var generation = await ShopCluster.GenerationAsync(app);
            if (await RestartAsync(platform.Client, app) is { } operation)
            {
                operations.Add((operation, app, generation));
            }

            await Task.Delay(random.Next(0, 3000), cancel);
            await platform.KillAsync();
            await stop.CancelAsync();
            await load;
            await platform.StartAgainAsync();
            await EndedAsync(platform.Client, operations);
        }

        var missing = await MissingAsync(platform.Client, from, acknowledged);
        output.WriteLine($"{acknowledged.Count} lines acknowledged over {kills} kills, {missing.Count} missing; {operations.Count} operations.");
        Assert.NotEmpty(acknowledged);
        Assert.NotEmpty(operations);
        Assert.Empty(missing);
    }

    private static async Task<string?> RestartAsync(CaaSClient client, string app)
    {
        var asked = await client.RequestOperationAsync(
            new OperationRequest(OperationKind.Restart, $"shop/Deployment/{app}", new Dictionary<string, string>()),
            TestContext.Current.CancellationToken);
        if (!asked.IsDone)
        {
            return null; // A rail refused it, for example the cool-down of the same target.
        }

        var proposed = await Wait.ForAsync("the dry run", TimeSpan.FromSeconds(30), async () =>
            await client.OperationAsync(asked.Subject, TestContext.Current.CancellationToken) is { Status: not OperationStatus.Checking } o ? o : null);
        if (proposed.Status == OperationStatus.Proposed)
        {
            await client.ApproveAsync(proposed.Id, TestContext.Current.CancellationToken);
        }

        return proposed.Id;
    }

    private async Task EndedAsync(CaaSClient client, List<(string Id, string App, long Generation)> operations)
    {
        var (id, app, generation) = operations.Count > 0 ? operations[^1] : default;
        if (id is null)
        {
            return;
        }

        var ended = await Wait.ForAsync("the operation's end", TimeSpan.FromMinutes(4), async () =>
            await client.OperationAsync(id, TestContext.Current.CancellationToken) is { } o && !IsUnderWay(o) ? o : null);
        var changes = await ShopCluster.GenerationAsync(app) - generation;
        output.WriteLine($"{id} restart {app}: {ended.Status}, the deployment changed {changes} times.");
        Assert.InRange(changes, 0, 1);
        if (ended.Status == OperationStatus.Succeeded)
        {
            Assert.Equal(1, changes);
        }
    }

    private static bool IsUnderWay(Operation operation) =>
        operation.Status is OperationStatus.Checking or OperationStatus.Executing or OperationStatus.Verifying;

    /// <summary>Sends OTLP log records until the platform is gone; a line counts when its request was answered with
    /// 200.</summary>
    private static async Task SendAsync(Platform platform, int round, List<string> acknowledged, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = platform.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", platform.Token);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / LinesPerSecond));
        for (var line = 0; ; line++)
        {
            var id = $"kill-line-{round}-{line}-";
            try
            {
                await pace.WaitForNextTickAsync(cancel);
                using var answer = await http.PostAsync("v1/logs", OtlpLog.Of(id, TimeProvider.System.GetUtcNow()), cancel);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    acknowledged.Add(id);
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                return;
            }
        }
    }

    private static async Task<List<string>> MissingAsync(CaaSClient client, DateTimeOffset from, List<string> acknowledged)
    {
        var missing = new List<string>();
        foreach (var round in acknowledged.GroupBy(id => id.Split('-')[2]))
        {
            var filter = new TextFilter
            {
                From = from.AddMinutes(-1),
                To = TimeProvider.System.GetUtcNow().AddMinutes(1),
                Text = $"kill-line-{round.Key}-",
                Limit = 10_000,
            };
            var kept = (await client.LogsAsync(filter, TestContext.Current.CancellationToken)).Select(line => line.Body).ToHashSet();
            missing.AddRange(round.Where(id => !kept.Contains(id)));
        }

        return missing;
    }
}
