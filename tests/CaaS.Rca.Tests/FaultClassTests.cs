using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>The fault classes are data that the code can interpret.</summary>
public class FaultClassTests
{
    [Fact]
    public void The_first_six_classes_are_known() => Assert.Superset(
        new HashSet<string> { "memory-leak", "bad-release", "cpu-contention", "node-lost", "dependency-latency", "config-error" },
        FaultCatalogue.Default.Classes.Select(known => known.Id).ToHashSet());

    [Fact]
    public void Every_rule_names_a_feature_somebody_looks_for() => Assert.Empty(
        FaultCatalogue.Default.Classes.SelectMany(known => known.Evidence.Concat(known.Contradicting))
            .Select(rule => rule.Feature).Except(Features.All).Except(FaultCatalogue.Default.Signs.Ids));

    [Fact]
    public void At_least_sixty_classes_are_known_each_by_one_name()
    {
        var ids = FaultCatalogue.Default.Classes.Select(known => known.Id).ToArray();

        Assert.True(ids.Length >= 60, $"{ids.Length} classes");
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(FaultCatalogue.Default.Signs.Ids.Intersect(Features.All));
    }

    [Theory]
    [InlineData("FailedScheduling", "0/2 nodes are available: 2 Insufficient cpu.", "insufficient-cpu", "insufficient-resource")]
    [InlineData("Failed", "Failed to pull image \"shop:9\": not found", "image-not-found")]
    [InlineData("Evicted", "The node was low on resource: memory. Threshold quantity: 100Mi", "evicted-memory")]
    [InlineData("FailedCreate", "pods \"a\" is forbidden: exceeded quota: small", "quota-exceeded")]
    [InlineData("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", "readiness-fails")]
    [InlineData("Pulled", "anything")]
    public void An_event_shows_what_its_words_say(string reason, string message, params string[] shown) =>
        Assert.Equal(shown, FaultCatalogue.Default.Signs.OfEvent(reason, message).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_class_has_a_core_a_prior_and_signs_that_fit()
    {
        foreach (var known in FaultCatalogue.Default.Classes)
        {
            Assert.Contains(known.Evidence, rule => rule.IsCore);
            Assert.InRange(known.Prior, 0.001, 1);
            Assert.All(known.Evidence, rule => Assert.True(rule.Weight >= 0 && rule.AbsentWeight <= 0));
            Assert.All(known.Contradicting, rule => Assert.True(rule.Weight < 0));
            Assert.All(known.Evidence.Where(rule => rule.AbsentWeight < 0), rule => Assert.NotEmpty(rule.AbsentText));
            Assert.Contains("{entity}", known.Verdict, StringComparison.Ordinal);
        }
    }
}
