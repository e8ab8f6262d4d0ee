using Grpc.Core;
using Issuer.Server.Edge.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Issuer.Server.Edge.Grpc;

/// <summary>Who may call a method: any of these roles.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ForAttribute : AuthorizeAttribute
{
    public ForAttribute(params string[] roles) => Roles = string.Join(',', roles);
}

/// <summary>A citizen, or an app that acts for one and says which app it is.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ForHolderAttribute : AuthorizeAttribute
{
    public ForHolderAttribute() => Policy = AccessRules.Holder;
}

/// <summary>Refused before a method runs: the same statuses as REST, in the words of gRPC.</summary>
sealed class AnswerAccess : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Succeeded)
        {
            return next(context);
        }
        if (result.Challenged)
        {
            context.Response.End(StatusCode.Unauthenticated, "a valid bearer token is needed");
        }
        else
        {
            context.Response.End(StatusCode.PermissionDenied, "this token may not do that");
        }
        return Task.CompletedTask;
    }
}
