namespace Shop.Catalog.Faults;

internal static class FaultInjection
{
    /// <summary>
    /// In Development this replica can be told to be slow, to fail or to be silent, by <c>PUT /fault</c>. Anywhere else neither the switch
    /// nor what it switches is there.
    /// </summary>
    public static void UseFaults(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        var faults = new FaultSwitch();
        app.UseMiddleware<FaultMiddleware>(faults);
        app.MapGet("/fault", () => TypedResults.Ok(faults.Fault));
        app.MapPut("/fault", (Fault fault) => TypedResults.Ok(faults.Fault = fault));
    }
}
