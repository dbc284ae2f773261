using CaaS.Alerting.Feedback;
using CaaS.Api.Similar;
using Xunit;

namespace CaaS.Api.Tests.Similar;

public class FindingsTests
{
    private static readonly IncidentFeedback Confirmed = FakeStages.Word with { Note = "" };

    private static readonly IncidentFeedback Wrong =
        Confirmed with { Actor = "bob", Verdict = FeedbackVerdict.Wrong, Entity = null, FaultClass = "", Rank = 0 };

    private static readonly IncidentFeedback Noise = Wrong with { Actor = "eve", Verdict = FeedbackVerdict.Noise };

    [Fact]
    public void What_most_people_found_out_is_said_by_who_said_it_last()
    {
        Assert.Equal("", Findings.Of([]));
        Assert.Equal("ada confirmed the cause shop/Deployment/cart bad-release.", Findings.Of([Confirmed, Noise, Confirmed with { Actor = "abe", At = FakeStages.T.AddDays(-1) }]));
        Assert.Equal("bob called the cause wrong. It was the disk.", Findings.Of([Wrong with { Note = "It was the disk." }]));
        Assert.Equal("bob found another cause: shop/Deployment/cart.", Findings.Of([Wrong with { Entity = FakeStages.Cart }]));
        Assert.Equal("eve called it noise.", Findings.Of([Noise]));
        Assert.Equal("People disagree on its cause.", Findings.Of([Confirmed, Noise]));
        Assert.Equal("People disagree on its cause.", Findings.Of([Confirmed, Wrong]));
    }
}
