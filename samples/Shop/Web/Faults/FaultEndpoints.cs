using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Web.Engine;
using Shop.Web.Panel;

namespace Shop.Web.Faults;

/// <summary>What the buttons of one replica do.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this IEndpointRouteBuilder panel) => panel.MapPost("/fault", SetAsync);

    private static async Task<IResult> SetAsync(
        [FromForm] string replica,
        [FromForm] string fault,
        EngineClient engine,
        FaultClient faults,
        CancellationToken cancellationToken)
    {
        if (FaultChoice.All.FirstOrDefault(known => known.Name == fault) is not { } chosen)
        {
            return TypedResults.BadRequest();
        }

        try
        {
            var services = await engine.GetServicesAsync(cancellationToken);
            var found = services.Where(service => ServiceRoles.CanBreak(service.Name))
                .SelectMany(service => service.Replicas)
                .FirstOrDefault(known => known.Name == replica);
            if (found is not { Address: { } address, ProcessId: not null })
            {
                return Refused($"{replica} has no process now.");
            }

            await faults.SetAsync(address, chosen.Fault, cancellationToken);
            return new SeeOther(PanelEndpoints.Address);
        }
        catch (EngineException e)
        {
            return Refused(e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return Refused($"{replica} does not answer.");
        }
    }

    private static ContentHttpResult Refused(string reason) =>
        TypedResults.Text(reason, statusCode: StatusCodes.Status409Conflict);
}
