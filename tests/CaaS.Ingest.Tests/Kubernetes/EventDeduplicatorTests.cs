using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class EventDeduplicatorTests
{
    [Fact]
    public void Growth_of_a_count_is_told_once()
    {
        var events = new EventDeduplicator(10);

        int[] told =
        [
            events.Step(Event("a", 1), false, default),
            events.Step(Event("a", 3), false, default),
            events.Step(Event("a", 3), false, default),
            events.Step(Event("a", 2), false, default),
            events.Step(Event("a", 4), false, default),
        ];

        Assert.Equal([1, 2, 0, 0, 1], told);
    }

    [Fact]
    public void Of_the_backlog_only_the_last_occurrence_of_what_is_recent_is_news()
    {
        var events = new EventDeduplicator(10);

        Assert.Equal(1, events.Step(Event("young", 50), true, Kube.Now));
        Assert.Equal(0, events.Step(Event("old", 50), true, Kube.Now.AddSeconds(1)));
        Assert.Equal(2, events.Step(Event("old", 52), false, default));
    }

    [Fact]
    public void Memory_is_bounded_and_the_least_lately_seen_goes_first()
    {
        var events = new EventDeduplicator(2);
        events.Step(Event("a", 1), false, default);
        events.Step(Event("b", 1), false, default);
        events.Step(Event("a", 2), false, default);
        events.Step(Event("c", 1), false, default);

        Assert.Equal(2, events.Count);
        Assert.Equal(1, events.Step(Event("a", 3), false, default));
        Assert.Equal(1, events.Step(Event("b", 1), false, default));
    }

    [Theory]
    [InlineData("""{"count":7,"lastTimestamp":"2026-03-01T11:00:00Z","involvedObject":{"kind":"Pod","namespace":"shop","name":"p"},"reason":"BackOff","message":"m","type":"Warning"}""", 7, "2026-03-01T11:00:00Z")]
    [InlineData("""{"count":null,"series":{"count":9,"lastObservedTime":"2026-03-01T11:30:00.5Z"},"eventTime":"2026-03-01T10:00:00Z","involvedObject":{"kind":"Pod","namespace":"shop","name":"p"},"reason":"BackOff","message":"m","type":"Warning"}""", 9, "2026-03-01T11:30:00.5Z")]
    [InlineData("""{"eventTime":"2026-03-01T10:00:00Z","regarding":{"kind":"Pod","namespace":"shop","name":"p"},"reason":"BackOff","note":"m","type":"Warning"}""", 1, "2026-03-01T10:00:00Z")]
    public void Both_event_apis_and_series_are_read(string body, int count, string time)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(body)!;
        json["metadata"] = Kube.Meta("e", "uid-e", 1);

        var sighting = Kube.Map(KubeObjectMapper.EventKind, json).Event;

        Assert.Equal(
            new EventSighting(
                DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), "uid-e",
                new EntityRef(Scope.Default, "shop", "Pod", "p"), "BackOff", "m", true, count),
            sighting);
    }

    private static EventSighting Event(string uid, int count) => new(
        Kube.Now, uid, new EntityRef(Scope.Default, "shop", "Pod", "p"), "BackOff", "m", true, count);
}
