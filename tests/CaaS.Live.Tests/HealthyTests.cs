using CaaS.Client.Wire;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>The negative: a healthy shop under load opens nothing.</summary>
[Collection(nameof(SharedShop))]
public sealed class HealthyTests(ShopCluster cluster)
{
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_healthy_warm_up_opens_no_incident()
    {
        Live.Require();

        Assert.Empty(await IncidentsAsync());
    }

    [Fact]
    public async Task Ten_healthy_minutes_open_no_incident()
    {
        Live.RequireFull();
        var left = cluster.WatchedSince + Watched - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Empty(await IncidentsAsync());
    }

    private async Task<IReadOnlyList<Incident>> IncidentsAsync() =>
        [.. (await cluster.Client.IncidentsAsync(openOnly: false, 1000, TestContext.Current.CancellationToken))
            .Where(incident => incident.OpenedAt < cluster.WatchedSince + Watched)];
}
