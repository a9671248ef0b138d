namespace Shop.Web;

/// <summary>Sends the browser on after a form was handled, so that a reload does not send the form again.</summary>
/// <param name="address">A path of this site.</param>
internal sealed class SeeOther(string address) : IResult
{
    /// <summary>The given address when it stays on this site, else the front page: a form must not send visitors elsewhere.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl)
            ? address
            : "/";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
