using CaaS.Analytics.LogTemplates;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogMaskTests
{
    [Theory]
    [InlineData("Order 4711 took 12.5ms", "Order <num> took <num>")]
    [InlineData("GET /products/17 -> 503", "GET /products/<num> -> <num>")]
    [InlineData("from 10.42.0.7:8080 failed", "from <ip> failed")]
    [InlineData("trace 4bf92f3577b34da6a3ce929d0e0e4736", "trace <hex>")]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000 gone", "id <uuid> gone")]
    [InlineData("user 'bob' denied \"x y\"", "user <str> denied <str>")]
    [InlineData("at 2026-03-02T09:00:00.123Z it ended", "at <time> it ended")]
    [InlineData("don't panic", "don't panic")]
    [InlineData("host cart-7f9xk2 key=v12,", "host cart-<*> key=<*>,")]
    [InlineData("", "")]
    public void What_varies_is_masked(string line, string masked) => Assert.Equal(masked, LogMask.Of(line));

    [Fact]
    public void Of_a_stack_trace_the_first_line_and_the_exception_stay()
    {
        var masked = LogMask.Of("Charge failed\nSystem.TimeoutException: after 30s\n   at Payment.Charge() in a.cs:line 3");

        Assert.Equal("Charge failed | System.TimeoutException", masked);
    }
}
