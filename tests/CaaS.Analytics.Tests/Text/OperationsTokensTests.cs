using CaaS.Analytics.Text;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Text;

public class OperationsTokensTests
{
    [Theory]
    [InlineData("CrashLoopBackOff", "crashloopbackoff crash loop back")]
    [InlineData("OOMKilled", "oomkilled oom kill")]
    [InlineData("ran out of memory", "ran memori oom")]
    [InlineData("ORA-01555: snapshot too old", "ora-01555 ora snapshot old")]
    [InlineData("shop/Deployment/checkout", "shop/deployment/checkout shop deployment checkout")]
    [InlineData("orders-db.internal:5432", "orders-db.internal:5432 order db internal")]
    [InlineData("checkout-5d896f8ffd-2k2qm", "checkout")]
    [InlineData("v1.4.2 and 1.4.2", "1.4.2 1.4.2")]
    [InlineData("HTTP 503, exit code 137", "http 503 exit code 137")]
    [InlineData("41.4 % of 250 requests in 900 ms at 12:07:01 on 2026-11-23", "request")]
    [InlineData("http_client_request_duration_seconds", "http_client_request_duration_seconds http client request duration second")]
    [InlineData("Releases, released, a rollout, deploying", "releas releas releas releas")]
    [InlineData("crashes crashed crashing", "crash crash crash")]
    [InlineData("Processor and CPU", "cpu cpu")]
    [InlineData("0x80070005", "0x80070005")]
    [InlineData("... -- // ::", "")]
    [InlineData("", "")]
    public void A_text_is_cut_into_what_makes_it_findable(string text, string terms) =>
        Assert.Equal(terms, string.Join(' ', OperationsTokens.Of(text).Select(token => token.Term)));

    [Fact]
    public void A_compound_is_told_from_its_words_and_keeps_how_it_was_written() =>
        Assert.Equal(
            [new Token("notready", "NotReady", true), new Token("readi", "Ready", false)], OperationsTokens.Of("NotReady"));

    [Property]
    public bool Any_text_gives_short_lower_case_terms(string? text) =>
        OperationsTokens.Of(text ?? "").All(token => token.Term.Length is > 0 and <= 96 && !token.Term.Any(char.IsAsciiLetterUpper));
}
