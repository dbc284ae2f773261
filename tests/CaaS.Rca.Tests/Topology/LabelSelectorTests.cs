using CaaS.Rca.Topology;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

public class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "cart", ["app.kubernetes.io/part-of"] = "shop", ["in"] = "x" };

    [Theory]
    [InlineData("all()", true)]
    [InlineData("global()", true)]
    [InlineData("app == 'cart'", true)]
    [InlineData("app==\"cart\"", true)]
    [InlineData("app == 'cart' && app.kubernetes.io/part-of != 'bank'", true)]
    [InlineData("app == 'stock' || has(app) && !has(debug)", true)]
    [InlineData("(app == 'stock' || has(app)) && has(debug)", false)]
    [InlineData("!(app == 'cart')", false)]
    [InlineData("app in {'cart', 'stock'}", true)]
    [InlineData("app not in {'cart','stock'}", false)]
    [InlineData("tier not  in {'a'}", true)]
    [InlineData("tier != 'a'", true)]
    [InlineData("tier in { }", false)]
    [InlineData("app starts with 'ca' && app ends with 'rt' && app contains 'ar'", true)]
    [InlineData("in == 'x'", true)]
    public void A_selector_says_whom_it_fits(string selector, bool fits) => Assert.Equal(fits, Fits(selector));

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("app == cart")]
    [InlineData("app == 'cart' &&")]
    [InlineData("app == 'cart' app == 'cart'")]
    [InlineData("(app == 'cart'")]
    [InlineData("all(")]
    [InlineData("app in {'cart'")]
    [InlineData("app ~ 'cart'")]
    [InlineData("app == 'cart")]
    public void What_cannot_be_read_fits_nobody(string selector) => Assert.False(Fits(selector));

    [Fact]
    public void Too_long_and_too_deep_selectors_fit_nobody()
    {
        Assert.False(Fits(string.Concat(Enumerable.Repeat("all() && ", 1000)) + "all()"));
        Assert.False(Fits(new string('(', 100) + "all()" + new string(')', 100)));
        Assert.True(Fits("((((all()))))"));
    }

    [Property(MaxTest = 500)]
    public void Anything_is_read_without_an_exception(string text) => Fits(text ?? "");

    private static bool Fits(string selector) => LabelSelector.Parse(selector).Fits(name => Labels.GetValueOrDefault(name));
}
