using Xunit;

namespace CaaS.Api.Tests;

public class ListenGuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", false, true)]
    [InlineData("http://localhost:8080;http://[::1]:8080", false, true)]
    [InlineData("https://0.0.0.0:8443", false, true)]
    [InlineData("http://0.0.0.0:8080", false, false)]
    [InlineData("http://*:8080", false, false)]
    [InlineData("http://+:8080", false, false)]
    [InlineData("http://[::]:8080", false, false)]
    [InlineData("http://caas.example:8080", false, false)]
    [InlineData("http://127.0.0.1:8080;http://10.0.0.1:8080", false, false)]
    [InlineData("http://0.0.0.0:8080", true, true)]
    [InlineData("nonsense", true, false)]
    public void Plain_http_beyond_this_machine_needs_a_proxy_that_ends_tls(string urls, bool isBehindProxy, bool isFine)
    {
        var refusals = ListenGuard.Refusals([urls], isBehindProxy);

        Assert.Equal(isFine, refusals.Count == 0);
    }

    [Fact]
    public void The_refusal_names_the_keys_that_help()
    {
        var refusal = Assert.Single(ListenGuard.Refusals(["http://0.0.0.0:8080"], false));

        Assert.Contains("Api:BehindProxy", refusal, StringComparison.Ordinal);
        Assert.Contains("Kestrel:Certificates", refusal, StringComparison.Ordinal);
    }
}
