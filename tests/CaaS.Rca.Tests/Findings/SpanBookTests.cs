using System.Globalization;
using CaaS.Rca.Findings;
using CaaS.Rca.Topology;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Findings;

/// <summary>The book of spans keeps a bounded sample of whole traces, the same every time.</summary>
public class SpanBookTests
{
    private const int SpansPerTrace = 6;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityRef Writer = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    [Property(MaxTest = 20)]
    public void However_much_comes_the_book_holds_its_limit_and_whole_traces(int seed)
    {
        var random = new Random(seed);
        var options = new RcaOptions { MaxSpans = 8000 };
        var book = new SpanBook(options, new LiveGraph(options), Scope.Default);
        var open = new List<Span>();
        for (var second = 0; second < 600; second++)
        {
            // Load comes and goes; the spans of one trace come in any order over seven seconds.
            var rate = second % 200 < 100 ? 2 : 60;
            for (var index = 0; index < rate; index++)
            {
                open.AddRange(Trace($"{second}-{index}", Start.AddSeconds(second)));
            }

            var parts = open.ToLookup(span => random.Next(3) == 0 || Start.AddSeconds(second - 6) >= span.Start);
            foreach (var span in parts[true])
            {
                book.Fold(span, Start.AddSeconds(second));
            }

            open = [.. parts[false]];
            Assert.InRange(book.Count, 0, options.MaxSpans + (options.MaxSpans / 20));
        }

        var visits = book.Read(new GraphView(), Start.AddSeconds(620)).Visits;
        Assert.InRange(visits.Length, 100, options.MaxSpans);
        Assert.All(visits.Where(visit => visit.Start < Seconds(590)), visit => Assert.Equal(SpansPerTrace, visit.Events.Length));
        Assert.Contains(visits, visit => visit.Start < Seconds(60));
        Assert.Contains(visits, visit => visit.Start > Seconds(540));
    }

    [Fact]
    public void A_span_that_is_sent_twice_counts_once()
    {
        var book = Book();
        foreach (var span in Trace("a", Start).Concat(Trace("a", Start)))
        {
            book.Fold(span, Start);
        }

        Assert.Equal(SpansPerTrace, book.Count);
    }

    [Fact]
    public void A_trace_is_read_when_nothing_more_came_for_a_while()
    {
        var book = Book();
        var spans = Trace("a", Start);
        book.Fold(spans[1], Start);

        Assert.Empty(book.Read(new GraphView(), Start.AddSeconds(9)).Visits);
        book.Fold(spans[0], Start.AddSeconds(12));
        Assert.Empty(book.Read(new GraphView(), Start.AddSeconds(20)).Visits);
        Assert.Single(book.Read(new GraphView(), Start.AddSeconds(25)).Visits);
    }

    [Fact]
    public void An_endless_trace_is_left_out_whole()
    {
        var book = Book();
        for (var index = 0; index < 5000; index++)
        {
            book.Fold(Trace("a", Start)[0] with { SpanId = $"{index}" }, Start);
        }

        Assert.Equal((0, 1), (book.Count, book.DroppedCount));
    }

    [Fact]
    public void What_is_too_old_is_left_out_and_forgotten()
    {
        var book = Book();
        book.Fold(Trace("late", Start.AddHours(-1))[0], Start);
        Assert.Equal(0, book.Count);

        book.Fold(Trace("a", Start)[0], Start);
        book.Sweep(Start.AddMinutes(19));
        Assert.Equal(1, book.Count);
        book.Sweep(Start.AddMinutes(21));
        Assert.Equal(0, book.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    public void Without_room_nothing_is_kept(int maxSpans)
    {
        var options = new RcaOptions { MaxSpans = maxSpans };
        var book = new SpanBook(options, new LiveGraph(options), Scope.Default);

        book.Fold(Trace("a", Start)[0], Start);

        Assert.Equal(0, book.Count);
    }

    private static SpanBook Book()
    {
        var options = new RcaOptions();
        return new SpanBook(options, new LiveGraph(options), Scope.Default);
    }

    private static double Seconds(int second) => (Start.AddSeconds(second) - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>A request with some steps inside one process.</summary>
    private static Span[] Trace(string id, DateTimeOffset start) =>
    [
        .. Enumerable.Range(0, SpansPerTrace).Select(index => new Span(
            id, index.ToString(CultureInfo.InvariantCulture), index == 0 ? "" : "0", Writer, "cart-0", index == 0 ? "GET /" : "step",
            index == 0 ? SpanKind.Server : SpanKind.Internal, start.AddMilliseconds(index), 10 - index, false, "")),
    ];
}
