using CaaS.Client.Wire;
using CaaS.Web.Components;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Web.Tests.Components;

public sealed class WordsTests
{
    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3599, "59m")]
    [InlineData(3600, "1h")]
    [InlineData(172_799, "47h")]
    [InlineData(172_800, "2d")]
    public void A_duration_is_said_in_its_largest_whole_unit(double seconds, string said) =>
        Assert.Equal(said, Words.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_instant_is_said_from_now()
    {
        Assert.Equal("5m ago", Words.Ago(Given.Now.AddMinutes(-5), Given.Now));
        Assert.Equal("in 2h", Words.Ago(Given.Now.AddHours(2), Given.Now));
        Assert.Equal("2026-03-01 12:00:00 UTC", Words.Full(Given.Now.ToOffset(TimeSpan.FromHours(9))));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-12_300, "-12.3k")]
    [InlineData(0.0517, "0.0517")]
    [InlineData(0.0000123, "1.23E-05")]
    [InlineData(99.5, "99.5")]
    [InlineData(640, "640")]
    [InlineData(2_500_000, "2.5M")]
    [InlineData(3.2e9, "3.2G")]
    [InlineData(double.NaN, "—")]
    [InlineData(double.NegativeInfinity, "—")]
    public void A_number_is_short(double value, string said) => Assert.Equal(said, Words.Number(value));

    [Theory]
    [InlineData("shop/Deployment/cart", "Deployment", "cart")]
    [InlineData("-/Node/n/1", "Node", "n/1")]
    [InlineData("odd", "", "odd")]
    [InlineData("", "", "")]
    public void An_entity_is_taken_apart(string entity, string kind, string name) =>
        Assert.Equal((kind, name), (Words.Kind(entity), Words.Name(entity)));

    [Fact]
    public void Many_names_are_cut()
    {
        Assert.Equal("", Words.List([], 3));
        Assert.Equal("a, b, c", Words.List(["a", "b", "c"], 3));
        Assert.Equal("a, b, c and 1 more", Words.List(["a", "b", "c", "d"], 3));
    }

    [Fact]
    public void An_enumeration_is_said_in_words()
    {
        Assert.Equal("rolled back", Words.Of(OperationStatus.RolledBack));
        Assert.Equal("open", Words.Of(AlertStatus.Open));
    }

    [Property]
    public bool A_clipped_text_is_never_longer_than_asked(string? text, byte most)
    {
        var clipped = Words.Clip(text ?? "", most + 2);
        return clipped.Length <= most + 2 && (text ?? "").StartsWith(clipped.TrimEnd('…'), StringComparison.Ordinal);
    }
}
