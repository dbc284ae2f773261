namespace CaaS.Shop.Roles;

/// <summary>Takes payments in the currencies its configuration lists.</summary>
internal static partial class Payment
{
    /// <summary>Maps the payment route.</summary>
    public static void Map(WebApplication app)
    {
        var listed = app.Services.GetRequiredService<ShopOptions>().Currencies;
        var currencies = listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Payment));
        app.MapPost("/payments", async (string currency, Work work, CancellationToken cancellation) =>
        {
            Work.Compute(400);
            if (!currencies.Contains(currency, StringComparer.Ordinal))
            {
                LogRefused(logger, currency, listed);
                return Results.StatusCode(500);
            }

            await work.WaitAsync(40, cancellation); // the provider's own time
            return Results.Ok();
        });
    }

    [LoggerMessage(
        30, LogLevel.Error, "Payment in {Currency} failed: setting PAYMENT_CURRENCIES lists only '{Configured}'.")]
    private static partial void LogRefused(ILogger logger, string currency, string configured);
}
