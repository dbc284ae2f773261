using Bunit;
using CaaS.Client.Wire;
using CaaS.Web.Components;
using Xunit;

namespace CaaS.Web.Tests.Components;

public sealed class SilenceDialogTests : PageTest
{
    private readonly List<SilenceRequest> _sent = [];

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_silence_needs_a_reason(string reason)
    {
        var dialog = await OpenAsync();

        dialog.Find("input").Input(reason);
        dialog.Find("form").Submit();

        Assert.True(dialog.Find("button.primary").HasAttribute("disabled"));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task It_lasts_as_long_as_was_chosen()
    {
        var dialog = await OpenAsync();

        dialog.FindAll(".chip")[0].Click();
        dialog.Find("input").Input("Maintenance");
        dialog.Find("form").Submit();

        Assert.Equal([new SilenceRequest("i1", null, Given.Now.AddMinutes(30), "Maintenance")], _sent);
        Assert.Equal("30m", dialog.Find(".chip[aria-pressed=true]").TextContent);
    }

    [Fact]
    public async Task The_reason_of_the_last_one_is_forgotten()
    {
        var dialog = await OpenAsync();
        dialog.Find("input").Input("Maintenance");

        await dialog.InvokeAsync(() => dialog.Instance.OpenAsync("i2", "Other"));

        Assert.Contains("Other", dialog.Markup, StringComparison.Ordinal);
        Assert.True(dialog.Find("button.primary").HasAttribute("disabled"));
    }

    private async Task<IRenderedComponent<SilenceDialog>> OpenAsync()
    {
        var dialog = Render<SilenceDialog>(parameters => parameters.Add(one => one.OnSend, _sent.Add));
        await dialog.InvokeAsync(() => dialog.Instance.OpenAsync("i1", "Errors in checkout"));
        return dialog;
    }
}
