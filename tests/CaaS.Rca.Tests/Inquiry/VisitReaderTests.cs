using CaaS.Rca.Inquiry;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Inquiry;

/// <summary>Spans and lines become visits.</summary>
public class VisitReaderTests
{
    private static readonly SpanFact[] Spans =
    [
        new("t", "1", "", 0, "GET /", 0, 1),
        new("t", "2", "1", 0, "call", 0.1, 0.7),
        new("t", "3", "2", 1, "/work", 0.2, 0.5),
        new("t", "4", "3", 1, "SELECT", 0.3, 0.2),
    ];

    [Fact]
    public void Spans_of_one_entity_that_follow_each_other_are_one_visit()
    {
        var names = new EventNames();

        var visits = VisitReader.Read(Spans, [new LineFact("t", "4", 0.35, "found"), new LineFact("t", "?", 0.1, "lost")], names);

        Assert.Equal([0, 1], visits.Select(visit => visit.Entity));
        Assert.Equal(["span /work", "span SELECT", "line found"], visits[1].Events.Select(names.Name));
        Assert.Equal([1], visits[0].Children);
        Assert.Equal(0.3, visits[0].SelfSeconds, 9);
        Assert.Equal((0, 0.2), (visits[1].Caller, Math.Round(visits[1].GapSeconds, 9)));
    }

    [Fact]
    public void Calls_that_overlap_are_waited_for_once_and_one_that_nobody_answers_is_waited_for_too()
    {
        SpanFact[] spans =
        [
            new("t", "1", "", 0, "GET /", 0, 1),
            new("t", "2", "1", 0, "call", 0.1, 0.4, IsCall: true),
            new("t", "3", "1", 0, "call", 0.3, 0.4, IsCall: true, Callee: 7, IsError: true),
            new("t", "4", "1", 0, "call", 0.9, 5, IsCall: true, Callee: 0),
            new("t", "5", "2", 1, "/work", 0.2, 0.2),
        ];

        var visits = VisitReader.Read(spans, [], new EventNames());

        Assert.Equal([0, 1, 7], visits.Select(visit => visit.Entity));
        Assert.Equal(0.3, visits[0].SelfSeconds, 9);
        Assert.Equal([1, 2], visits[0].Children);
        Assert.Equal((1.0, false, true), (visits[0].Seconds, visits[0].IsError, visits[0].HasFailedCall));
        Assert.Equal((0.4, -1, true), (visits[2].SelfSeconds, visits[2].Caller, visits[2].IsError));
        Assert.True(double.IsNaN(visits[2].GapSeconds));
    }

    [Property(MaxTest = 30)]
    public void The_order_of_spans_does_not_matter(int seed)
    {
        var shuffled = Spans.ToArray();
        new Random(seed).Shuffle(shuffled);

        var (first, second) = (VisitReader.Read(Spans, [], new EventNames()), VisitReader.Read(shuffled, [], new EventNames()));

        Assert.Equal(first.Select(Shape), second.Select(Shape));
    }

    [Fact]
    public void Spans_that_are_each_others_parents_are_read_to_the_end()
    {
        SpanFact[] circle = [new("t", "1", "2", 0, "a", 0, 1), new("t", "2", "1", 1, "b", 0, 1), new("t", "3", "4", 0, "c", 0, 1), new("t", "4", "3", 0, "d", 0, 1), new("t", "5", "5", 0, "e", 0, 1)];
        var visits = VisitReader.Read(circle, [], new EventNames());

        Assert.Equal(5, visits.Sum(visit => visit.Events.Length));
        CauseFinder.Find(new CauseCase(["x", "y"], 0) { Visits = visits }, new CauseOptions());
    }

    [Theory]
    [InlineData("INFO o.s.OrderService#68 [get][Order 7f3a2] took 12ms", "INFO o.s.OrderService#68 get Order took")]
    [InlineData("", "")]
    [InlineData("1 2 3", "")]
    public void A_template_keeps_words_and_places_in_code(string line, string template) => Assert.Equal(template, LineTemplate.Of(line));

    private static string Shape(Visit visit) =>
        $"{visit.Entity} {visit.Start} {visit.SelfSeconds} {visit.Caller} {visit.GapSeconds} {string.Join(',', visit.Events)} {string.Join(',', visit.Children)}";
}
