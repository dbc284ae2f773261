using Xunit;

namespace CaaS.Live.Tests;

/// <summary>The negative: a healthy shop under load opens nothing.</summary>
[Collection(nameof(SharedShop))]
public sealed class HealthyTests(ShopCluster cluster)
{
    [Fact]
    public void Healthy_load_opens_no_incident()
    {
        Live.Require();

        Assert.Empty(cluster.HealthyIncidents);
    }
}
