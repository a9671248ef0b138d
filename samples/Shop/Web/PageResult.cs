using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Web;

/// <summary>Makes the answer that is a page: a Razor component, rendered once on the server.</summary>
internal static class PageResult
{
    public static RazorComponentResult<TPage> Of<TPage>(Shell shell, params (string Name, object? Value)[] parameters)
        where TPage : IComponent => Of<TPage>(shell, StatusCodes.Status200OK, parameters);

    public static RazorComponentResult<TPage> Of<TPage>(
        Shell shell, int statusCode, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var all = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        all["Shell"] = shell;
        return new RazorComponentResult<TPage>(all) { StatusCode = statusCode, PreventStreamingRendering = true };
    }
}
