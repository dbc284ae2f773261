using Xunit;

namespace CaaS.Api.Tests;

/// <summary>Waits for what another thread does.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var round = 0; round < 400; round++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not come to hold within ten seconds.");
    }
}
