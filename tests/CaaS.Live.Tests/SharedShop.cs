using Xunit;

namespace CaaS.Live.Tests;

/// <summary>Tests that share one cluster, one after the other.</summary>
[CollectionDefinition(nameof(SharedShop))]
[TestClassOrderer(typeof(ByName))]
public sealed class SharedShop : ICollectionFixture<ShopCluster>;
