using CaaS.Analytics.LogSequences;
using Xunit;

namespace CaaS.Analytics.Tests.LogSequences;

public class SequenceModelTests
{
    private readonly SequenceModel _model = new(new SequenceOptions());

    [Fact]
    public void A_model_that_learned_nothing_tells_nothing() =>
        Assert.False(_model.Judge(LogSession.Of(["a"])).IsAnomalous);

    [Fact]
    public void An_ordinary_session_is_ordinary()
    {
        Learn(2000);

        var verdict = _model.Judge(LogSession.Of(["open", "read", "read", "close"]));

        Assert.False(verdict.IsAnomalous);
    }

    [Fact]
    public void A_template_never_seen_is_told_by_name()
    {
        Learn(2000);

        var verdict = _model.Judge(LogSession.Of(["open", "read", "disk full", "close"]));

        Assert.Contains(SequenceFinding.NewTemplate, verdict.Findings);
        Assert.Equal(["disk full"], verdict.NewTemplates);
        Assert.InRange(verdict.PValue, 0, 0.001);
    }

    [Fact]
    public void Known_templates_in_a_new_order_are_told()
    {
        Learn(2000);

        Assert.Contains(SequenceFinding.NewOrder, _model.Judge(LogSession.Of(["close", "read", "open"])).Findings);
    }

    [Fact]
    public void A_session_that_stops_early_is_told()
    {
        Learn(2000);

        Assert.Contains(SequenceFinding.RareCounts, _model.Judge(LogSession.Of(["open"])).Findings);
    }

    [Fact]
    public void What_was_learned_once_among_thousands_stays_rare()
    {
        Learn(3000);
        _model.Learn(LogSession.Of(["open", "open", "open", "open"]));

        Assert.True(_model.Judge(LogSession.Of(["open", "open", "open", "open"])).IsAnomalous);
    }

    [Fact]
    public void Normal_sessions_are_rarely_told()
    {
        var random = new Random(5);
        for (var index = 0; index < 3000; index++)
        {
            _model.Learn(Draw(random));
        }

        var told = Enumerable.Range(0, 3000).Count(_ => _model.Judge(Draw(random)).IsAnomalous);

        Assert.InRange(told, 0, 30);
    }

    [Fact]
    public void Memory_is_bounded_by_the_limits()
    {
        var model = new SequenceModel(new SequenceOptions { MaxVectors = 8, MaxTemplates = 8, MaxPairs = 8 });
        for (var index = 0; index < 500; index++)
        {
            model.Learn(LogSession.Of([$"t{index}", $"t{index * 7}"]));
        }

        Assert.Equal(500, model.Count);
        Assert.True(model.Judge(LogSession.Of(["t499"])).IsAnomalous);
    }

    private void Learn(int sessions)
    {
        for (var index = 0; index < sessions; index++)
        {
            _model.Learn(LogSession.Of(["open", .. Enumerable.Repeat("read", 1 + (index % 3)), "close"]));
        }
    }

    private static LogSession Draw(Random random) => LogSession.Of(
        ["open", .. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => random.Next(10) == 0 ? "retry" : "read"), "close"]);
}
