namespace Shop.Web.Pages;

/// <summary>Gives every answer without content, and every defect of ours, a page.</summary>
internal static class ProblemPages
{
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(context => ShowAsync(context, StatusCodes.Status500InternalServerError)));
        app.UseStatusCodePages(status => ShowAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    private static Task ShowAsync(HttpContext context, int statusCode)
    {
        var shell = context.RequestServices.GetRequiredService<Shells>().Make(context);
        return PageResult.Of<ProblemPage>(shell, statusCode, ("StatusCode", statusCode)).ExecuteAsync(context);
    }
}
