using CaaS.Analytics.Text;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Text;

public class MentionsTests
{
    [Theory]
    [InlineData("see shop/Deployment/cart and deployment/stock", "Entity shop/Deployment/cart, Entity deployment/stock")]
    [InlineData("-/Node/node2 is NotReady", "Entity -/Node/node2, Reason NotReady")]
    [InlineData("ORA-01555 then SQLSTATE[40001] and 0x80070005", "Code ORA-01555, Code SQLSTATE[40001, Code 0x80070005")]
    [InlineData("ECONNREFUSED, ERR_CERT_DATE_INVALID, HTTP 503", "Code ECONNREFUSED, Code ERR_CERT_DATE_INVALID, Code HTTP 503")]
    [InlineData("exit code 137 after OOMKilled", "Code exit code 137, Reason OOMKilled")]
    [InlineData("System.TimeoutException at 10.0.3.17:5432", "Reason System.TimeoutException, Host 10.0.3.17:5432")]
    [InlineData("orders-db.prod.internal and node12", "Host orders-db.prod.internal, Host node12")]
    [InlineData("shop:1.1.0 replaced v1.0.9-rc.1", "Version shop:1.1.0, Version v1.0.9-rc.1")]
    [InlineData("The ConfigMap of GitHub was changed at 12:07:01.5", "")]
    [InlineData("A plain sentence of 41.4 % and 2 nodes.", "")]
    public void What_a_text_names_is_found(string text, string found) =>
        Assert.Equal(found, string.Join(", ", Mentions.In(text, 10).Select(mention => $"{mention.Kind} {mention.Text}")));

    [Fact]
    public void Each_is_told_once_and_no_more_than_asked_for() =>
        Assert.Equal(
            [new Mention(MentionKind.Reason, "OOMKilled", 0), new Mention(MentionKind.Code, "ENOSPC", 20)],
            Mentions.In("OOMKilled OOMKilled ENOSPC ETIMEDOUT", 2));

    [Property]
    public bool Any_text_is_borne_and_found_things_stand_where_they_are_said_to(string? text) =>
        Mentions.In(text ?? "", 100).All(mention =>
            string.CompareOrdinal(text, mention.Start, mention.Text, 0, mention.Text.Length) == 0);

    [Fact]
    public void A_text_made_to_be_slow_is_not()
    {
        var text = string.Concat(Enumerable.Repeat("A_A.a-a/Aa:", 20_000));

        Assert.True(Mentions.In(text, 10).Length <= 10);
    }
}
