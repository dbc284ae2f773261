namespace CaaS.Shop.Roles;

/// <summary>Turns a cart into an order: reads the cart, reserves the stock, takes the payment.</summary>
internal static class Checkout
{
    /// <summary>Maps the order route.</summary>
    public static void Map(WebApplication app) =>
        app.MapPost("/orders", async (string currency, Callee callee, Work work, CancellationToken cancellation) =>
        {
            Work.Compute(400);
            await callee.SendAsync(HttpMethod.Get, "cart", "/items", cancellation);
            await callee.SendAsync(HttpMethod.Post, "stock", "/reservations", cancellation);
            await callee.SendAsync(
                HttpMethod.Post, "payment", $"/payments?currency={Uri.EscapeDataString(currency)}", cancellation);
            await work.WaitAsync(8, cancellation);
        });
}
